import { PHOTOS } from '@muster/contracts';
import { createSidecar, startOutbox } from '@muster/dapr';
import { migrationsOf, openDatabase, poolUse } from '@muster/db';
import { connectIdentity } from '@muster/identity';
import {
  createLogger,
  loadConfig,
  poolMetrics,
  runMain,
  startServer,
  startTracing,
  systemClock,
} from '@muster/service-kit';
import { createApp } from './app.ts';
import { keepBucket } from './blob/keep-bucket.ts';
import { configSchema } from './config.ts';
import { connectLogins } from './connect-logins.ts';
import { connectPersonalData } from './connect-personal-data.ts';
import type { Deps } from './deps.ts';
import { createWorkshop } from './images/create-workshop.ts';
import { startSweeps } from './jobs/start-sweeps.ts';
import { seedDefaultSite } from './verbs/seed-default-site.ts';

const migrations = migrationsOf(import.meta.url);

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'employee', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'employee', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const { DATABASE_URL: url, DATABASE_POOL_MAX: max, MIGRATE_AT_START: migrateAtStart } = config;
  const database = await openDatabase({ url, max, applicationName: 'employee', migrations, migrateAtStart, log });
  const { sql } = database;
  poolMetrics({ main: () => poolUse(sql) });

  const { DAPR_HTTP_PORT: httpPort, DAPR_API_TOKEN: apiToken, PUBSUB_PROBE_ADDRESS: probe } = config;
  const sidecar = createSidecar({ httpPort, apiToken, probe, log });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const outbox = startOutbox({ sql, log, sidecar });
  const bucket = keepBucket({
    endpoint: config.S3_ENDPOINT,
    accessKey: config.S3_ACCESS_KEY,
    secretKey: config.S3_SECRET_KEY,
    region: config.S3_REGION,
    bucket: config.S3_BUCKET,
    log,
  });

  const deps: Deps = {
    sql,
    log,
    clock: systemClock,
    relay: outbox,
    logins: connectLogins(sidecar),
    photos: sidecar.binding(PHOTOS),
    workshop: createWorkshop({ atOnce: config.PHOTO_DECODES, uploads: config.PHOTO_UPLOADS }),
    holders: {
      auth: connectPersonalData(sidecar, 'auth'),
      attendance: connectPersonalData(sidecar, 'attendance'),
      events: connectPersonalData(sidecar, 'events'),
    },
    secondLookSeconds: config.ERASURE_SECOND_LOOK_SECONDS,
    defaultSite: {
      id: config.MUSTER_DEFAULT_SITE,
      name: config.MUSTER_DEFAULT_SITE_NAME,
      zone: config.MUSTER_DEFAULT_SITE_ZONE,
    },
  };
  await seedDefaultSite(deps);
  const sweeps = startSweeps(deps);

  const background = [identity, sweeps, bucket];
  await startServer({
    app: createApp({
      deps,
      log,
      verifier: identity.verifier,
      appApiToken: config.APP_API_TOKEN,
      ready: { database: database.ready },
    }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      { name: 'background', run: () => Promise.all(background.map((part) => part.stop())) },
      { name: 'outbox', run: () => outbox.stop() },
      { name: 'connections', run: () => Promise.all([sidecar.close(), database.close()]) },
    ],
  });
});
