import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MARK } from '../process/find-marked.ts';
import type { PartSpec } from '../process/part.ts';
import { ensurePostgres } from '../tools/ensure-postgres.ts';
import { postgresUser } from '../tools/postgres-user.ts';
import type { PartsContext } from './context.ts';
import { makeDatabases } from './postgres-databases.ts';
import { canLogIn } from './postgres-probe.ts';

const run = promisify(execFile);

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%a@%d ',
};

/** PostgreSQL with a database and a role for each of `services`. */
export function postgresPart(context: PartsContext, services: readonly string[]): PartSpec {
  const { ports } = context;
  const data = join(context.folder.data, 'postgres');
  return {
    name: 'postgres',
    kind: 'infrastructure',
    port: ports.postgres,
    async command() {
      const { postgres } = await ensurePostgres();
      const user = await postgresUser();
      if (!existsSync(join(data, 'PG_VERSION'))) await initialise(context, data, user);
      const flags = Object.entries({ ...settings, port: String(ports.postgres) }).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]);
      return { file: postgres, args: ['-D', data, ...flags], cwd: data, user };
    },
    probe: () => canLogIn(context),
    afterReady: () => makeDatabases(context, services),
    // Fast shutdown: ends sessions, loses nothing.
    stopSignal: 'SIGINT',
    deathSignal: 'SIGINT',
    graceMs: 15_000,
    startAttempts: 8,
  };
}

async function initialise(
  context: PartsContext,
  data: string,
  user: { uid: number; gid: number } | undefined,
): Promise<void> {
  const { initdb } = await ensurePostgres();
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  const passwordFile = `${data}.password`;
  await writeFile(passwordFile, context.secrets.postgresPassword, { mode: 0o600 });
  if (user) {
    await chown(data, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  await chmod(data, 0o700);
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ];
  // Built-in locale: upper/lower know every letter, and the machine's own locales do not matter.
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (context.throwaway) args.push('--no-sync');
  try {
    await run(initdb, args, { cwd: '/', env: { ...process.env, [MARK]: context.folder.root }, ...(user ?? {}) });
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    const hint = user ? `\nThe postgres user must be able to walk to ${data}; set MUSTER_CACHE to such a folder.` : '';
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr || (error as Error).message}${hint}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}
