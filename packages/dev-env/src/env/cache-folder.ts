import { homedir } from 'node:os';
import { join } from 'node:path';

/** True when we are root, where packages may be installed and Postgres must run as somebody else. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Where built tools, Postgres' binaries and the data of every environment live: `MUSTER_CACHE`, else `/var/cache/muster`
 * for root (its home is closed to the `postgres` user), else the user's own cache folder.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MUSTER_CACHE) return env.MUSTER_CACHE;
  if (isRoot()) return '/var/cache/muster';
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'muster');
}
