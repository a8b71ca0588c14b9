import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRoot } from '../env/cache-folder.ts';

const run = promisify(execFile);

/** Whom Postgres runs as: ourselves, or for root the `postgres` user, which is made when there is none. */
export async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (!isRoot()) return undefined;
  const existing = await idsOf('postgres');
  if (existing) return existing;
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch((error: Error) => {
    throw new Error(`Postgres does not run as root and no user called postgres could be made: ${error.message}`);
  });
  return idsOf('postgres');
}

async function idsOf(user: string): Promise<{ uid: number; gid: number } | undefined> {
  const id = async (flag: string) => Number((await run('id', [flag, user])).stdout);
  return Promise.all([id('-u'), id('-g')]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => undefined,
  );
}
