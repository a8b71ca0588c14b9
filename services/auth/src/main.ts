import { availableParallelism } from 'node:os';
import { createSidecar, startOutbox } from '@muster/dapr';
import { migrationsOf, openDatabase, poolUse } from '@muster/db';
import {
  createLogger,
  every,
  loadConfig,
  poolMetrics,
  runMain,
  startServer,
  startTracing,
  systemClock,
} from '@muster/service-kit';
import { createApp } from './app.ts';
import { configSchema, relyingPartyOf } from './config.ts';
import { createHasher } from './crypto/hasher.ts';
import type { Deps } from './deps.ts';
import { createKeySchedule } from './jobs/key-schedule.ts';
import { createAttemptLimiter } from './limits/attempt-limiter.ts';
import { createPost } from './mail/create-post.ts';
import { mailQueueMetrics } from './metrics.ts';
import { siteDirectory } from './site-directory.ts';
import { mailQueue } from './sql/mails.ts';
import { createKeyRing } from './verbs/key-ring.ts';
import { listPublicKeys } from './verbs/list-keys.ts';
import { purgeEnded } from './verbs/purge-ended.ts';
import { createRevocationFeed } from './verbs/revocation-feed.ts';
import { seedAdmin } from './verbs/seed-admin.ts';
import { dropLateMails, sendMails } from './verbs/send-mails.ts';
import { createVerifiers } from './verifiers.ts';

const migrations = migrationsOf(import.meta.url);
const revocationPollMs = 5_000;
const mailMs = 1_000;
const lateMailMs = 60_000;
const purgeMs = 15 * 60_000;
const keyScheduleMs = 30_000;

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'auth', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'auth', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const clock = systemClock;
  const { DATABASE_URL: url, DATABASE_POOL_MAX: max, MIGRATE_AT_START: migrateAtStart } = config;
  const database = await openDatabase({ url, max, applicationName: 'auth', migrations, migrateAtStart, log });
  const { sql } = database;
  poolMetrics({ main: () => poolUse(sql) });

  // One processor stays for everybody else: threads that hash on all of them make the people at the door wait.
  const workers = config.HASH_WORKERS ?? Math.max(1, Math.min(availableParallelism() - 1, 4));
  const { HASH_QUEUE_MAX: queueMax, BCRYPT_COST: cost } = config;
  const hasher = await createHasher({ cost, workers, queueMax });

  const { DAPR_HTTP_PORT: httpPort, DAPR_API_TOKEN: apiToken, PUBSUB_PROBE_ADDRESS: probe } = config;
  const sidecar = createSidecar({ httpPort, apiToken, probe, log });
  const outbox = startOutbox({ sql, log, sidecar });

  const settings = {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    accessTokenSeconds: config.JWT_EXPIRES_IN,
    selfRegistration: config.SELF_REGISTRATION,
    keySecret: config.AUTH_KEY_SECRET,
    sessionLife: {
      idleSeconds: config.SESSION_IDLE_EXPIRES_IN,
      absoluteSeconds: config.SESSION_ABSOLUTE_EXPIRES_IN,
    },
    keyRotation: { everySeconds: config.KEY_ROTATION_EVERY, aheadSeconds: config.KEY_PUBLISHED_AHEAD },
    placeOf: config.NETWORK_NAMES ?? (() => null),
    relyingParty: relyingPartyOf(config),
    rolesWithTotp: config.REQUIRE_2FA_ROLES,
    limitsScale: config.ATTEMPT_LIMITS_SCALE,
    publicUrl: config.PUBLIC_URL,
  };
  const keys = createKeyRing({ sql, clock, settings });
  // Makes the first key, or says that the secret is another, before anybody is served.
  await keys.signing();
  const { issuer, audience } = settings;
  const verifiers = createVerifiers({ issuer, audience, clock, jwks: () => listPublicKeys({ sql, clock }) });
  const revocations = createRevocationFeed({ sql, clock, settings, log }, verifiers.both);
  await revocations.reload();
  const limiter = createAttemptLimiter({ sql, clock, secret: config.AUTH_KEY_SECRET });
  const sites = siteDirectory(sidecar);
  const deps: Deps = { sql, clock, log, settings, hasher, limiter, keys, relay: outbox, revocations, sites };

  const { MUSTER_ADMIN_EMAIL: email, MUSTER_ADMIN_PASSWORD: password } = config;
  if (email !== undefined && password !== undefined && (await seedAdmin(deps, { email, password }))) {
    log.info({ email }, 'first administrator made');
  }

  const post = config.SMTP_URL === undefined ? undefined : createPost({ url: config.SMTP_URL, from: config.MAIL_FROM });
  if (post === undefined)
    log.warn({}, 'SMTP_URL is not set: mails wait, and are dropped when they would come too late');
  mailQueueMetrics(() => mailQueue(sql, clock.now()));

  const keySchedule = createKeySchedule(deps, sidecar);
  const jobs = [
    // Other auth processes revoke and make keys, too.
    every({
      everyMs: revocationPollMs,
      name: 'revocations',
      log,
      work: () => Promise.all([revocations.reload(), verifiers.both.reloadKeys()]),
    }),
    every({ everyMs: keyScheduleMs, name: 'key schedule', log, work: () => keySchedule.keep() }),
    every({ everyMs: mailMs, name: 'mails', log, work: async () => post && (await sendMails(deps, post)) }),
    every({ everyMs: lateMailMs, name: 'late mails', log, work: () => dropLateMails(deps) }),
    every({ everyMs: purgeMs, name: 'purge', log, work: () => purgeEnded(deps) }),
  ];
  await startServer({
    app: createApp(deps, {
      verifier: verifiers.full,
      setupVerifier: verifiers.setup,
      appApiToken: config.APP_API_TOKEN,
      ready: { database: database.ready },
      jobs: keySchedule.jobs,
    }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      { name: 'background', run: () => Promise.all(jobs.map((job) => job.stop())) },
      { name: 'mail', run: async () => post?.close() },
      { name: 'hashing', run: () => hasher.close() },
      { name: 'outbox', run: () => outbox.stop() },
      { name: 'connections', run: () => Promise.all([sidecar.close(), database.close()]) },
    ],
  });
});
