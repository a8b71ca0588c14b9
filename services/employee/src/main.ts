import { fileURLToPath } from 'node:url';
import { PHOTOS, subscribersOf } from '@muster/contracts';
import { createSidecar } from '@muster/dapr';
import { createPool, migrate, startPurge, startReconciler, startRelay } from '@muster/db';
import { connectIdentity } from '@muster/identity';
import { createLogger, loadConfig, runMain, startServer, systemClock } from '@muster/service-kit';
import { z } from 'zod';
import { createApp } from './app.ts';
import { keepBucket } from './blob/keep-bucket.ts';
import { configSchema } from './config.ts';
import { connectLogins } from './connect-logins.ts';
import type { Deps } from './deps.ts';
import { createWorkshop } from './images/create-workshop.ts';
import { startSweeps } from './jobs/start-sweeps.ts';
import { seedDefaultSite } from './verbs/seed-default-site.ts';

const answered = z.object({ missing: z.array(z.string()) });

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'employee', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const sql = createPool({ url: config.DATABASE_URL, max: config.DATABASE_POOL_MAX, applicationName: 'employee', log });
  await migrate({ sql, folder: fileURLToPath(new URL('../migrations', import.meta.url)), log });

  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const guard = sidecar.guard({ probe: config.PUBSUB_PROBE_ADDRESS });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });
  const relay = startRelay({ sql, log, publish: (topic, envelopes) => sidecar.publish(topic, envelopes) });
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
    relay,
    logins: connectLogins(sidecar),
    photos: sidecar.binding(PHOTOS),
    workshop: createWorkshop({ atOnce: config.PHOTO_DECODES, uploads: config.PHOTO_UPLOADS }),
    defaultSite: {
      id: config.MUSTER_DEFAULT_SITE,
      name: config.MUSTER_DEFAULT_SITE_NAME,
      zone: config.MUSTER_DEFAULT_SITE_ZONE,
    },
  };
  await seedDefaultSite(deps);
  const sweeps = startSweeps(deps);

  const background = [reconciler, purge, identity, guard, sweeps, bucket];
  const ready = { database: async () => (await sql`select 1`).length === 1 };
  await startServer({
    app: createApp({ deps, log, verifier: identity.verifier, appApiToken: config.APP_API_TOKEN, ready }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      { name: 'background', run: () => Promise.all(background.map((part) => part.stop())) },
      { name: 'relay', run: () => relay.stop() },
      { name: 'connections', run: () => Promise.all([sidecar.close(), sql.end({ timeout: 5 })]) },
    ],
  });
});
