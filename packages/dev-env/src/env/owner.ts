import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from '../process/identity.ts';
import { reap } from '../process/reap.ts';
import { cacheFolder } from './cache-folder.ts';
import { type EnvFolder, envFolder } from './env-folder.ts';
import { writeJson } from './keep-json.ts';

/** The process that runs an environment now; undefined when it is gone. */
export async function ownerOf(folder: EnvFolder): Promise<ProcessIdentity | undefined> {
  const text = await readFile(folder.owner, 'utf8').catch(() => undefined);
  const owner = text === undefined ? undefined : (JSON.parse(text) as ProcessIdentity);
  return owner && isRunning(owner) ? owner : undefined;
}

/** Writes down that we run it. Throws when somebody else does: two supervisors would fight over the same data. */
export async function takeOwnership(folder: EnvFolder): Promise<void> {
  const owner = await ownerOf(folder);
  if (owner && owner.pid !== process.pid) {
    throw new Error(`the environment ${folder.name} is in use by process ${owner.pid}`);
  }
  await writeJson(folder.owner, identify(process.pid));
}

/** Removes throwaway environments whose owner was killed together with everything that should have cleaned up. */
export async function sweepAbandoned(): Promise<void> {
  const names = await readdir(join(cacheFolder(), 'envs')).catch(() => []);
  for (const name of names.filter((each) => each.startsWith('test-'))) {
    const folder = envFolder(name);
    const owner = await readFile(folder.owner, 'utf8').catch(() => undefined);
    // Without an owner it is just being made.
    if (owner === undefined || isRunning(JSON.parse(owner) as ProcessIdentity)) continue;
    await reap(folder, 1_000);
    await rm(folder.root, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}
