import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRoot } from './cache-folder.ts';

const run = promisify(execFile);

/** Whom Postgres runs as: ourselves, or, since it refuses root, the user `postgres`, made when there is none. */
export async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (!isRoot()) return undefined;
  return lookUp().catch(async () => {
    // Another process may be making the same user; only the look-up afterwards counts.
    await run('useradd', ['--system', '--no-create-home', 'postgres']).catch(() => {});
    return lookUp();
  });
}

async function lookUp(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
