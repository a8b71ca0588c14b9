// The baseline: Hono, zod, the same token verification, one transaction per request. Its relay publishes as attendance's does.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { AppError } from '@muster/contracts';
import { punchBody } from '@muster/contracts/http/attendance';
import { createSidecar } from '@muster/dapr';
import { createPool, startRelay } from '@muster/db';
import { type ActorEnv, authenticate, createVerifier } from '@muster/identity';
import { createLogger, loadConfig } from '@muster/service-kit';
import { Hono } from 'hono';
import { z } from 'zod';
import { checkIn } from './check-in.ts';

const config = loadConfig(
  z.object({
    DATABASE_URL: z.string(),
    DATABASE_POOL_MAX: z.coerce.number(),
    JWKS_URL: z.string(),
    DAPR_HTTP_PORT: z.coerce.number(),
    DAPR_API_TOKEN: z.string(),
    RELAY_YIELD_AT: z.coerce.number(),
  }),
  process.env,
);
const log = createLogger({ service: 'bench-plain', level: 'warn', format: 'json' });
const sql = createPool({
  url: config.DATABASE_URL,
  max: config.DATABASE_POOL_MAX,
  applicationName: 'bench-plain',
  log,
});
const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
let underWay = 0;
const relay = startRelay({
  sql,
  log,
  publish: (topic, envelopes) => sidecar.publish(topic, envelopes),
  yieldWhile: () => underWay >= config.RELAY_YIELD_AT,
});
const jwks = async (): Promise<unknown[]> =>
  ((await (await fetch(config.JWKS_URL)).json()) as { keys: unknown[] }).keys;
const verifier = createVerifier({ issuer: 'https://muster.local', audience: 'muster', jwks });

const app = new Hono<ActorEnv>();
app.use('/api/*', authenticate(verifier));
app.get('/api/attendance/today', (c) => c.json(null));
app.post('/api/attendance/check-in', async (c) => {
  const body = punchBody.parse(await c.req.json());
  underWay++;
  try {
    const session = await checkIn(sql, c.var.actor, body, c.req.header('idempotency-key'));
    relay.wake();
    return c.json(session, 201);
  } finally {
    underWay--;
  }
});
app.onError((error, c) => {
  log.warn({ err: error }, 'refused');
  return c.json({ title: error.message }, error instanceof AppError ? (error.status as 400) : 500);
});

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
await once(server, 'listening');
process.send?.({ port: (server.address() as AddressInfo).port });
process.on('disconnect', async () => {
  server.close();
  await relay.stop();
  process.exit();
});
