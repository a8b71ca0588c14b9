import { createRoute } from '@hono/zod-openapi';
import { jwks } from '@muster/contracts/http/auth';
import { commonProblems, createRouter, jsonOk } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { listPublicKeys } from '../verbs/list-public-keys.ts';

const jwksRoute = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  operationId: 'readKeys',
  tags: ['auth'],
  summary: 'Public keys of access tokens',
  responses: { 200: jsonOk(jwks), ...commonProblems() },
});

/** JWKS. */
export function keyRoutes(deps: Deps) {
  const router = createRouter();
  router.openapi(jwksRoute, async (c) => {
    return c.json({ keys: await listPublicKeys(deps) }, 200, { 'Cache-Control': 'public, max-age=60' });
  });
  return router;
}
