import { createSidecar } from '@muster/dapr';
import { migrationsOf, openDatabase, poolUse } from '@muster/db';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, poolMetrics, runMain, startTracing, systemClock } from '@muster/service-kit';
import { createApp } from './app.ts';
import { askAttendance } from './ask-attendance.ts';
import { configSchema } from './config.ts';
import type { Deps } from './deps.ts';
import { createHeadSigner } from './domain/signed-head.ts';
import { createRecorder } from './events/index.ts';
import { createLiveHub } from './live-hub.ts';
import { auditMetrics } from './metrics.ts';
import { startEvents } from './start-events.ts';

const migrations = migrationsOf(import.meta.url);

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'events', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'events', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const { DATABASE_URL: url, DATABASE_POOL_MAX: max, MIGRATE_AT_START: migrateAtStart } = config;
  const database = await openDatabase({ url, max, applicationName: 'events', migrations, migrateAtStart, log });
  const { sql } = database;
  poolMetrics({ main: () => poolUse(sql) });

  const { DAPR_HTTP_PORT: httpPort, DAPR_API_TOKEN: apiToken, PUBSUB_PROBE_ADDRESS: probe } = config;
  const sidecar = createSidecar({ httpPort, apiToken, probe, log });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const deps: Deps = {
    sql,
    log,
    clock: systemClock,
    zone: config.MUSTER_DEFAULT_SITE_ZONE,
    signer: createHeadSigner(config.AUDIT_SIGNING_KEY, config.AUDIT_RETIRED_KEYS),
    live: createLiveHub(),
    attendance: askAttendance(sidecar),
    metrics: auditMetrics(),
  };
  const recorder = createRecorder(deps);
  const { verifier } = identity;
  const ready = { database: database.ready };
  await startEvents({
    app: createApp({ deps, log, verifier, appApiToken: config.APP_API_TOKEN, recorder, ready }),
    host: config.HOST,
    port: config.PORT,
    log,
    deps,
    verifier,
    recorder,
    redisUrl: config.REDIS_URL,
    end: [
      { name: 'background', run: () => identity.stop() },
      { name: 'connections', run: () => Promise.all([sidecar.close(), database.close()]) },
    ],
  });
});
