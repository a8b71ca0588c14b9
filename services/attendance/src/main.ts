import { fileURLToPath } from 'node:url';
import { subscribersOf } from '@muster/contracts';
import { createSidecar } from '@muster/dapr';
import { createPool, migrate, startPurge, startReconciler, startRelay } from '@muster/db';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, runMain, startServer, systemClock } from '@muster/service-kit';
import { z } from 'zod';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';
import { createDeps, type Deps } from './deps.ts';

const answered = z.object({ missing: z.array(z.string()) });

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'attendance', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const pool = { url: config.DATABASE_URL, applicationName: 'attendance', log };
  const sql = createPool({ ...pool, max: config.DATABASE_POOL_MAX });
  // Two queries of a check-in flight run side by side, three of a check-out. Plans of an empty table must not outlive it: no scans.
  const punchSql = createPool({ ...pool, max: config.PUNCH_FLIGHTS * 2, settings: { enable_seqscan: 'off' } });
  await migrate({ sql, folder: fileURLToPath(new URL('../migrations', import.meta.url)), log });

  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const guard = sidecar.guard({ probe: config.PUBSUB_PROBE_ADDRESS });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });

  let punches: Pick<Deps, 'checkIns' | 'checkOuts'> | undefined;
  const relay = startRelay({
    sql,
    log,
    publish: (topic, envelopes) => sidecar.publish(topic, envelopes),
    // A burst at the door goes first; the relay moves at least once a second all the same.
    yieldWhile: () =>
      punches !== undefined && punches.checkIns.pending + punches.checkOuts.pending >= config.RELAY_YIELD_AT,
  });
  const reconciler = startReconciler({
    sql,
    log,
    relay,
    subscribers: subscribersOf,
    missing: async (app, ids) =>
      (await sidecar.invoke({ app, method: 'POST', path: '/internal/inbox/missing', body: { ids }, schema: answered }))
        .missing,
  });
  const purge = startPurge({ sql, log });

  const deps = createDeps({
    sql,
    punchSql,
    log,
    clock: systemClock,
    relay,
    defaultPlace: { siteId: config.MUSTER_DEFAULT_SITE, zone: config.MUSTER_DEFAULT_SITE_ZONE },
    flights: config.PUNCH_FLIGHTS,
    flightMax: config.PUNCH_FLIGHT_MAX,
  });
  punches = deps;

  const ready = { database: async () => (await sql`select 1`).length === 1 };
  await startServer({
    app: createApp(deps, { verifier: identity.verifier, appApiToken: config.APP_API_TOKEN, ready }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      { name: 'punches', run: () => Promise.all([deps.checkIns.idle(), deps.checkOuts.idle()]) },
      { name: 'background', run: () => Promise.all([reconciler.stop(), purge.stop(), identity.stop(), guard.stop()]) },
      { name: 'relay', run: () => relay.stop() },
      {
        name: 'connections',
        run: () => Promise.all([sidecar.close(), sql.end({ timeout: 5 }), punchSql.end({ timeout: 5 })]),
      },
    ],
  });
});
