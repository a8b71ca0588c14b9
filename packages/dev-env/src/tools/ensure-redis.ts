import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { isRoot } from '../env/cache-folder.ts';
import type { Report } from '../progress.ts';
import { isProgram } from './find-dapr.ts';

const run = promisify(execFile);

/** `redis-server` of the system; root on a machine with apt gets it installed, everybody else is told what to do. */
export async function ensureRedis(report: Report): Promise<string> {
  const found = await findRedis();
  if (found) return found;
  if (!isRoot() || !(await isProgram('/usr/bin/apt-get'))) {
    throw new Error(
      'Muster needs Redis 7 or newer and found no redis-server on PATH.\n' +
        'Install it: `sudo apt-get install redis-server` (Debian, Ubuntu), `sudo dnf install valkey` (Fedora), `brew install redis` (macOS).',
    );
  }
  report({ part: 'redis', state: 'working', detail: 'installing redis-server by apt (once)' });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env }).catch(() => {});
  // RUNLEVEL=1: the package shall not start a Redis of its own.
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
    env: { ...env, RUNLEVEL: '1' },
  });
  const installed = await findRedis();
  if (!installed) throw new Error('apt installed redis-server, but it is not on PATH');
  return installed;
}

async function findRedis(): Promise<string | undefined> {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  for (const folder of folders) {
    for (const name of ['redis-server', 'valkey-server']) {
      if (await isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}
