import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { subscribersOf } from '@muster/contracts';
import { createSidecar } from '@muster/dapr';
import { createPool, migrate, startPurge, startReconciler, startRelay } from '@muster/db';
import { createVerifier } from '@muster/identity';
import { createLogger, loadConfig, runMain, startServer, systemClock } from '@muster/service-kit';
import { z } from 'zod';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';
import { createHasher } from './crypto/hasher.ts';
import type { Deps } from './deps.ts';
import { every } from './jobs/every.ts';
import { createSignInLimiter } from './limits/sign-in-limiter.ts';
import { ensureSigningKey } from './verbs/ensure-signing-key.ts';
import { listPublicKeys } from './verbs/list-public-keys.ts';
import { purgeEnded } from './verbs/purge-ended.ts';
import { createRevocationFeed } from './verbs/revocation-feed.ts';
import { seedAdmin } from './verbs/seed-admin.ts';

const answered = z.object({ missing: z.array(z.string()) });
const revocationPollMs = 5_000;
const purgeMs = 15 * 60_000;

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'auth', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const clock = systemClock;
  const sql = createPool({ url: config.DATABASE_URL, max: config.DATABASE_POOL_MAX, applicationName: 'auth', log });
  await migrate({ sql, folder: fileURLToPath(new URL('../migrations', import.meta.url)), log });

  const workers = config.HASH_WORKERS ?? Math.min(availableParallelism(), 4);
  const { HASH_QUEUE_MAX: queueMax, BCRYPT_COST: cost } = config;
  const hasher = await createHasher({ cost, workers, queueMax });
  const signingKey = await ensureSigningKey(sql, config.AUTH_KEY_SECRET, clock.now());

  const sidecar = createSidecar({ httpPort: config.DAPR_HTTP_PORT, apiToken: config.DAPR_API_TOKEN, log });
  const guard = sidecar.guard({ probe: config.PUBSUB_PROBE_ADDRESS });
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

  const settings = {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    accessTokenSeconds: config.JWT_EXPIRES_IN,
    selfRegistration: config.SELF_REGISTRATION,
    keySecret: config.AUTH_KEY_SECRET,
  };
  const { issuer, audience } = settings;
  const verifier = createVerifier({ issuer, audience, clock, jwks: () => listPublicKeys({ sql, clock }) });
  const revocations = createRevocationFeed({ sql, clock, settings, log }, verifier);
  await revocations.reload();
  const limiter = createSignInLimiter();
  const deps: Deps = { sql, clock, log, settings, hasher, limiter, signingKey, relay, revocations };

  const { MUSTER_ADMIN_EMAIL: email, MUSTER_ADMIN_PASSWORD: password } = config;
  if (email !== undefined && password !== undefined && (await seedAdmin(deps, { email, password }))) {
    log.info({ email }, 'first administrator made');
  }

  const jobs = [
    // Other auth processes revoke, too.
    every(revocationPollMs, log, 'revocations', () => revocations.reload()),
    every(purgeMs, log, 'purge', () => purgeEnded(deps)),
  ];
  await startServer({
    app: createApp(deps, {
      verifier,
      appApiToken: config.APP_API_TOKEN,
      ready: { database: async () => (await sql`select 1`).length === 1 },
    }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      {
        name: 'background',
        run: () => Promise.all([reconciler.stop(), purge.stop(), guard.stop(), ...jobs.map((job) => job.stop())]),
      },
      { name: 'hashing', run: () => hasher.close() },
      { name: 'relay', run: () => relay.stop() },
      { name: 'connections', run: () => Promise.all([sidecar.close(), sql.end({ timeout: 5 })]) },
    ],
  });
});
