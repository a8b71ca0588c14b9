import { createRoute, z } from '@hono/zod-openapi';
import { createRouter, problems } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createHealthCheck } from './check-services.ts';

const health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    services: z.record(z.string(), z.enum(['healthy', 'unhealthy'])),
    circuits: z.record(z.string(), z.enum(['closed', 'open', 'half-open'])),
  })
  .openapi('PlatformHealth');

const json = (description: string) => ({ description, content: { 'application/json': { schema: health } } });

const route = createRoute({
  method: 'get',
  path: '/health',
  summary: 'State of the whole platform',
  responses: {
    200: json('All services work, or some do'),
    503: json('No service works'),
    ...problems('invalid_input'),
  },
});

/** `GET /health`: 200 while anything works (`healthy`, `degraded`), 503 when nothing does. */
export function healthRoutes(deps: Deps) {
  const check = createHealthCheck(deps);
  return createRouter().openapi(route, async (c) => {
    const state = await check();
    return c.json(state, state.status === 'unhealthy' ? 503 : 200, { 'cache-control': 'no-store' });
  });
}
