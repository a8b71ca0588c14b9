import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { repoRoot } from './repo-root.ts';

/** Everything one environment keeps on disk. */
export interface EnvFolder {
  name: string;
  root: string;
  /** One folder per part: Postgres' cluster, Redis' log, objects, certificates, jobs. */
  data: string;
  logs: string;
  secrets: string;
  ports: string;
  pids: string;
  /** Which process runs it. */
  owner: string;
  /** Unix socket of the supervisor of `make up`. */
  control: string;
}

/** The environment of `make up` (or `MUSTER_ENV`): one per clone, so that two clones never share data. */
export const cloneEnvName = (): string =>
  process.env.MUSTER_ENV ?? `dev-${createHash('sha256').update(repoRoot).digest('hex').slice(0, 8)}`;

/** A name nobody else has, for an environment that is removed when it stops. */
export const throwawayEnvName = (): string => `test-${process.pid}-${randomBytes(3).toString('hex')}`;

export function envFolder(name: string): EnvFolder {
  const root = join(cacheFolder(), 'envs', name);
  const control = join(root, 'control.sock');
  return {
    name,
    root,
    data: join(root, 'data'),
    logs: join(root, 'logs'),
    secrets: join(root, 'secrets.json'),
    ports: join(root, 'ports.json'),
    pids: join(root, 'pids.json'),
    owner: join(root, 'owner.json'),
    // The kernel cuts socket paths off at about 104 bytes.
    control: control.length < 100 ? control : join(tmpdir(), `muster-${name}.sock`),
  };
}

/** Makes the folders; the `postgres` user must be able to walk through, nobody may list. */
export async function makeEnvFolder(folder: EnvFolder): Promise<void> {
  await mkdir(folder.data, { recursive: true });
  await mkdir(folder.logs, { recursive: true });
  await chmod(folder.root, 0o711);
  await chmod(folder.data, 0o711);
  await chmod(folder.logs, 0o700);
}
