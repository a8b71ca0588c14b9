import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cloneEnvName, envFolder } from '../env/env-folder.ts';
import { stopPlatform } from './down.ts';

/** Stops the platform and deletes its data, secrets and logs. What was built stays. */
export async function reset(): Promise<number> {
  const folder = envFolder(cloneEnvName());
  await stopPlatform(folder);
  const had = existsSync(folder.root);
  await rm(folder.root, { recursive: true, force: true, maxRetries: 5 });
  console.log(had ? `Muster is down and ${folder.root} is gone.` : 'There was nothing to delete.');
  return 0;
}
