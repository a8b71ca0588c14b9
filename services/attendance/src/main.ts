import { CLASS_CACHE, PUBSUB } from '@muster/contracts';
import { createSidecar, startOutbox } from '@muster/dapr';
import { createPool, migrationsOf, openDatabase, poolUse } from '@muster/db';
import { connectIdentity } from '@muster/identity';
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
import { configSchema } from './config.ts';
import { connectEmployment } from './connect-employment.ts';
import { createDeps } from './deps.ts';
import { createAutoCheckOuts } from './jobs/auto-check-out-schedule.ts';
import { startCloseWorker } from './jobs/start-close-worker.ts';
import { startDaysWorker } from './jobs/start-days-worker.ts';
import { startRosterJobs } from './jobs/start-roster-jobs.ts';
import { flightSizes } from './metrics.ts';
import { createRush } from './rush.ts';
import { dropOwedKeys } from './verbs/classes/drop-owed-keys.ts';
import { fillEmployment } from './verbs/leave/fill-employment.ts';
import { recountLeave } from './verbs/leave/recount-leave.ts';
import { turnLeaveYears } from './verbs/leave/turn-leave-years.ts';
import { purgeLivePlans } from './verbs/live/purge-live-plans.ts';
import { purgeKiosk } from './verbs/purge-kiosk.ts';
import { expireSwaps } from './verbs/swaps/expire-swaps.ts';

const migrations = migrationsOf(import.meta.url);
const purgeMs = 15 * 60_000;
const expiryMs = 60_000;
const autoCheckOutMs = 30_000;
const leaveMs = 15 * 60_000;
/** How soon balances follow holidays. */
const recountMs = 5000;
const employmentMs = 60_000;
/** How soon after an outage Redis forgets what it should not hold any more. */
const owedMs = 5000;

runMain(async () => {
  const config = loadConfig(configSchema, process.env);
  const log = createLogger({ service: 'attendance', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  await startTracing({ service: 'attendance', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log });
  const migrateAtStart = config.MIGRATE_AT_START;
  const pool = { url: config.DATABASE_URL, applicationName: 'attendance', log };
  const database = await openDatabase({ ...pool, max: config.DATABASE_POOL_MAX, migrations, migrateAtStart });
  const { sql } = database;
  // Two queries of a check-in flight run side by side, three of a check-out; a write takes one, so people at
  // kiosks are looked up beside it. Plans of an empty table must not outlive it: no scans.
  const punchSql = createPool({ ...pool, max: config.PUNCH_FLIGHTS * 2, settings: { enable_seqscan: 'off' } });
  poolMetrics({ main: () => poolUse(sql), punches: () => poolUse(punchSql) });

  const { DAPR_HTTP_PORT: httpPort, DAPR_API_TOKEN: apiToken, PUBSUB_PROBE_ADDRESS: probe } = config;
  const sidecar = createSidecar({ httpPort, apiToken, probe, needs: [PUBSUB, CLASS_CACHE], log });
  const identity = connectIdentity({ sidecar, issuer: config.JWT_ISSUER, audience: config.JWT_AUDIENCE, log });

  const flights = flightSizes();
  const rush = createRush(config.RELAY_YIELD_AT);
  const outbox = startOutbox({
    sql,
    log,
    sidecar,
    // A rush at the door goes first; the relay sends a trickle all the same.
    yieldWhile: rush.lasts,
  });

  const deps = createDeps({
    sql,
    punchSql,
    log,
    clock: systemClock,
    relay: outbox,
    defaultPlace: { siteId: config.MUSTER_DEFAULT_SITE, zone: config.MUSTER_DEFAULT_SITE_ZONE },
    classCache: sidecar.cache(CLASS_CACHE),
    scaling: {
      punchesPerPodSecond: config.SCALING_PUNCHES_PER_POD,
      peakFactor: config.SCALING_PEAK_FACTOR,
      leadMs: config.SCALING_LEAD_SECONDS * 1000,
      minPods: config.SCALING_MIN_PODS,
      maxPods: config.SCALING_MAX_PODS,
    },
    sync: {
      toleranceMs: config.SYNC_CLOCK_TOLERANCE_SECONDS * 1000,
      maxSkewMs: config.SYNC_MAX_SKEW_HOURS * 3_600_000,
      maxAgeMs: config.SYNC_MAX_AGE_DAYS * 86_400_000,
    },
    kioskSecret: config.KIOSK_SECRET,
    flights: config.PUNCH_FLIGHTS,
    flightMax: config.PUNCH_FLIGHT_MAX,
    flightSpacingMs: config.PUNCH_FLIGHT_SPACING_MS,
    rush,
    onFlight: (punches) => flights.observe(punches),
  });

  const purge = every({ everyMs: purgeMs, name: 'kiosk purge', log, work: () => purgeKiosk(deps) });
  const expiry = every({ everyMs: expiryMs, name: 'expiry of swaps', log, work: () => expireSwaps(deps) });
  const plans = every({ everyMs: purgeMs, name: 'live plans', log, work: () => purgeLivePlans(deps) });
  const owed = every({ everyMs: owedMs, name: 'owed cache keys', log, work: () => dropOwedKeys(deps) });
  const autoCheckOuts = createAutoCheckOuts(deps, sidecar);
  const sweep = every({ everyMs: autoCheckOutMs, name: 'auto check-outs', log, work: () => autoCheckOuts.keep() });
  const askEmployment = connectEmployment(sidecar);
  const employment = every({
    everyMs: employmentMs,
    name: 'employment',
    log,
    work: () => fillEmployment(deps, askEmployment),
  });
  const leave = every({ everyMs: leaveMs, name: 'leave years', log, work: () => turnLeaveYears(deps) });
  const recounts = every({ everyMs: recountMs, name: 'recounts of leave', log, work: () => recountLeave(deps) });
  const days = startDaysWorker(deps, { yieldWhile: rush.lasts });
  const closes = startCloseWorker(deps);
  const rosters = startRosterJobs(deps);

  await startServer({
    app: createApp(deps, {
      verifier: identity.verifier,
      appApiToken: config.APP_API_TOKEN,
      scalingToken: config.SCALING_TOKEN,
      ready: { database: database.ready },
      jobs: autoCheckOuts.jobs,
    }),
    host: config.HOST,
    port: config.PORT,
    log,
    onShutdown: [
      { name: 'punches', run: () => Promise.all([deps.checkIns.idle(), deps.checkOuts.idle()]) },
      {
        name: 'background',
        run: () =>
          Promise.all([
            identity.stop(),
            purge.stop(),
            expiry.stop(),
            owed.stop(),
            plans.stop(),
            sweep.stop(),
            leave.stop(),
            recounts.stop(),
            rosters.stop(),
            employment.stop(),
          ]),
      },
      { name: 'days', run: () => Promise.all([days.stop(), closes.stop()]) },
      { name: 'outbox', run: () => outbox.stop() },
      {
        name: 'connections',
        run: () => Promise.all([sidecar.close(), database.close(), punchSql.end({ timeout: 5 })]),
      },
    ],
  });
});
