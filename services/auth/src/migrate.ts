import { migrateDatabase, migrationsOf } from '@muster/db';
import { createLogger, loadConfig, migrateEnv, runMain } from '@muster/service-kit';

// Brings the database up to date and ends: what a release runs before its processes start.
runMain(async () => {
  const config = loadConfig(migrateEnv, process.env);
  const log = createLogger({ service: 'auth', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const migrations = migrationsOf(import.meta.url);
  await migrateDatabase({ url: config.DATABASE_URL, applicationName: 'auth-migrate', migrations, log });
});
