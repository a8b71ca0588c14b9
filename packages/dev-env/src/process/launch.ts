import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** How to run one program. */
export interface Launch {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Run as this user instead of ours (Postgres refuses root). */
  user?: { uid: number; gid: number } | undefined;
}

const passed = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'] as const;

/**
 * Starts a program in a group of its own (a Ctrl-C meant for us must not reach it before its turn), writing to `logFile`.
 * On Linux the kernel sends it `deathSignal` when we die, however we die.
 */
export function launch(
  what: Launch,
  logFile: string,
  deathSignal: NodeJS.Signals,
  mark: Record<string, string>,
): ChildProcess {
  const base = Object.fromEntries(passed.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  const env = { ...base, TZ: 'UTC', ...what.env, ...mark };
  const log = openSync(logFile, 'a', 0o600);
  const [file, args] = hasSetpriv()
    ? ['setpriv', ['--pdeathsig', deathSignal.slice(3), what.file, ...what.args]]
    : [what.file, [...what.args]];
  try {
    return spawn(file, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env,
      cwd: what.cwd ?? '/',
      ...(what.user ?? {}),
    });
  } finally {
    closeSync(log);
  }
}

let setpriv: boolean | undefined;
function hasSetpriv(): boolean {
  setpriv ??= process.platform === 'linux' && succeeds('setpriv', ['--pdeathsig', 'KILL', 'true']);
  return setpriv;
}

function succeeds(file: string, args: string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
