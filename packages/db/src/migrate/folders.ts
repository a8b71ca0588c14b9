import { fileURLToPath } from 'node:url';

// A bundle is JavaScript and carries its SQL beside itself.
const isBundle = import.meta.url.endsWith('.js');

/** A service's own migrations, seen from an entry of it: `migrationsOf(import.meta.url)`. */
export const migrationsOf = (entry: string): string =>
  fileURLToPath(new URL(isBundle ? './migrations' : '../migrations', entry));

/** Where the SQL of outbox, inbox, dead letters and idempotency keys lies. */
export const kitMigrations: string = fileURLToPath(
  new URL(isBundle ? './kit-migrations' : '../../migrations', import.meta.url),
);
