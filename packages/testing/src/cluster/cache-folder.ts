import { homedir } from 'node:os';
import { join } from 'node:path';

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Where downloads and databases lie: `MUSTER_CACHE`, else /var/cache/muster for root and ~/.cache/muster for others. */
export const cacheFolder = (): string =>
  process.env.MUSTER_CACHE ?? (isRoot() ? '/var/cache/muster' : join(homedir(), '.cache', 'muster'));
