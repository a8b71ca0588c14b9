import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresBinaries } from './binaries.ts';
import { cacheFolder, isRoot } from './cache-folder.ts';
import { freePort } from './free-port.ts';
import { postgresUser } from './postgres-user.ts';

/** A PostgreSQL server of its own, with a data folder and a port of its own. */
export interface Cluster {
  /** The maintenance database, as superuser. */
  url: string;
  /** Stops the server: `fast` ends sessions politely, `immediate` is a crash. */
  pause(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again after {@link pause}, on the same port with the same data. */
  resume(): Promise<void>;
  /** Stops it for good and deletes its data. */
  stop(): Promise<void>;
}

// It lives on after this process was killed, sees its input end, and leaves nothing behind.
const keeper = `
"$BIN/initdb" -D "$DIR/data" -U postgres --pwfile="$DIR/password" -A password -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$DIR/log" 2>&1 &&
cat "$DIR/settings" >>"$DIR/data/postgresql.conf" &&
"$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/log" -w start >/dev/null 2>&1 && echo ready || echo failed
cat >/dev/null
"$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1
rm -rf "$DIR"
`;

const settings = (port: number): string => `
port = ${port}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 512MB
`;

/** Starts a fresh PostgreSQL 18 for tests: nothing in it survives, so nothing is flushed to disk. Takes about 2 s. */
export async function startCluster(): Promise<Cluster> {
  const [bin, user, port] = await Promise.all([postgresBinaries(), postgresUser(), freePort()]);
  const folder = await makeFolder(user);
  const password = randomBytes(12).toString('hex');
  await writeFile(join(folder, 'password'), password, { mode: 0o644 });
  await writeFile(join(folder, 'settings'), settings(port));
  const options = { ...user, env: { ...process.env, BIN: bin, DIR: folder, LC_ALL: 'C.UTF-8' }, cwd: folder };
  const child = spawn('sh', ['-c', keeper], { ...options, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await gone;
  };
  const answer = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)));
    child.once('error', (error) => resolve(String(error)));
    child.once('exit', (code) => resolve(`exit ${code}`));
  });
  if (!answer.startsWith('ready')) {
    const hint = `${answer.trim()}: can the user postgres walk to ${folder}? Set MUSTER_CACHE to a folder it can reach.`;
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => hint);
    child.stdin.end();
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${log}`);
  }
  const control = (...args: string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const run = spawn(join(bin, 'pg_ctl'), ['-D', join(folder, 'data'), '-w', ...args], {
        ...options,
        stdio: 'ignore',
      });
      run.once('error', reject);
      run.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`pg_ctl ${args.join(' ')}: exit ${code}`)),
      );
    });
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    pause: (mode = 'fast') => control('-m', mode, 'stop'),
    resume: () => control('-l', join(folder, 'log'), 'start'),
    stop,
  };
}

async function makeFolder(user: { uid: number; gid: number } | undefined): Promise<string> {
  const parent = isRoot() ? join(cacheFolder(), 'test-postgres') : tmpdir();
  await mkdir(parent, { recursive: true });
  if (user !== undefined) await chown(parent, user.uid, user.gid);
  const folder = await mkdtemp(join(parent, 'cluster-'));
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}
