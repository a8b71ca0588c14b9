import { fileURLToPath } from 'node:url';
import { createSidecar } from '@muster/dapr';
import { createPool, migrate, startPurge } from '@muster/db';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, runMain, startServer, systemClock } from '@muster/service-kit';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';
import type { Deps } from './deps.ts';
import { createHeadSigner } from './domain/signed-head.ts';
import { createRecorder } from './events/index.ts';
import { createLiveHub } from './live-hub.ts';
import { auditMetrics } from './metrics.ts';
import { attachSockets, type Sockets } from './sockets/attach-sockets.ts';

const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'events', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const sql = createPool({ url: config.DATABASE_URL, max: config.DATABASE_POOL_MAX, applicationName: 'events', log });
  await migrate({ sql, folder: migrations, log });

  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const purge = startPurge({ sql, log });
  const guard = sidecar.guard({ probe: config.PUBSUB_PROBE_ADDRESS });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const deps: Deps = {
    sql,
    log,
    clock: systemClock,
    zone: config.MUSTER_DEFAULT_SITE_ZONE,
    signer: createHeadSigner(config.AUDIT_SIGNING_KEY, config.AUDIT_RETIRED_KEYS),
    live: createLiveHub(),
    metrics: auditMetrics(),
  };
  const recorder = createRecorder(deps);
  const { verifier } = identity;
  const ready = { database: async () => (await sql`select 1`).length === 1 };
  const app = createApp({ deps, log, verifier, appApiToken: config.APP_API_TOKEN, recorder, ready });

  let sockets: Sockets | undefined;
  const { server } = await startServer({
    app,
    host: config.HOST,
    port: config.PORT,
    log,
    closeSockets: () => sockets?.close(),
    onShutdown: [
      { name: 'events under way', run: () => recorder.idle() },
      { name: 'sockets', run: () => sockets?.stop() },
      { name: 'background', run: () => Promise.all([purge.stop(), identity.stop(), guard.stop()]) },
      { name: 'connections', run: () => Promise.all([sidecar.close(), sql.end({ timeout: 5 })]) },
    ],
  });
  sockets = attachSockets({ server, deps, verifier, redisUrl: config.REDIS_URL });
});
