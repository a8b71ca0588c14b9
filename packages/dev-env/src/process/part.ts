import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, sizeOf } from '../logs/last-lines.ts';
import { type Launch, launch } from './launch.ts';
import type { PidBook } from './pid-book.ts';
import { waitUntil } from './wait-until.ts';

export type PartState = 'stopped' | 'starting' | 'ready' | 'waiting';
export type PartKind = 'infrastructure' | 'sidecar' | 'service';

/** What there is to know about a part before it runs. */
export interface PartSpec {
  name: string;
  kind: PartKind;
  port: number;
  /** Built anew for every start, so that a change (a new port, a new peer) is picked up. */
  command: () => Launch | Promise<Launch>;
  /** One look whether it serves. */
  probe: () => Promise<boolean>;
  /** Runs after each time it became ready. */
  afterReady?: () => Promise<void>;
  stopSignal: NodeJS.Signals;
  /** What the kernel sends it when we die. */
  deathSignal: NodeJS.Signals;
  /** How long a stop may take before it is killed. */
  graceMs: number;
  /** How often it may die before a start counts as failed. */
  startAttempts?: number;
}

/** One supervised process. A part that dies without having been stopped comes back by itself. */
export interface Part {
  readonly name: string;
  readonly kind: PartKind;
  readonly port: number;
  readonly state: PartState;
  readonly pid: number | undefined;
  /** How often it had to be brought back since `start`. */
  readonly restarts: number;
  /** When the running process became ready. */
  readonly since: Date | undefined;
  readonly logFile: string;
  /** Starts it and resolves when it serves; throws with the end of its log when it does not. */
  start(): Promise<void>;
  /** Asks it to end, kills it after its grace; it stays down until `start`. `force` kills at once. */
  stop(options?: { force?: boolean }): Promise<void>;
  restart(options?: { force?: boolean }): Promise<void>;
  /** New code, same part: a short grace, and a start that fails (a typo) is simply tried again later. */
  reload(): Promise<void>;
  /** `kill -9`. Resolves when the process is gone; the supervisor brings it back unless `stay` is `'down'`. */
  kill9(options?: { stay?: 'down' }): Promise<void>;
  /** Resolves when it serves again, for example after `kill9`. */
  ready(limitMs?: number): Promise<void>;
}

export interface PartContext {
  logFile: string;
  book: PidBook;
  mark: Record<string, string>;
  onState?: (part: Part, state: PartState) => void;
}

// A healthy part that dies is back at once; one that cannot start (Redis is away) is tried every two seconds.
const firstPauseMs = 50;
const longestPauseMs = 2_000;
const steadyAfterMs = 5_000;
const reloadGraceMs = 400;

/** Makes a part; nothing runs before `start`. */
export function createPart(spec: PartSpec, context: PartContext): Part {
  let wanted = false;
  let child: ChildProcess | undefined;
  let state: PartState = 'stopped';
  let since: Date | undefined;
  let restarts = 0;
  let failures = 0;
  let logStart = 0;
  let ended: Promise<void> = Promise.resolve();
  let abandon = new AbortController();
  let hurry = new AbortController();

  const enter = (next: PartState) => {
    if (state === next) return;
    state = next;
    since = next === 'ready' ? new Date() : undefined;
    context.onState?.(part, next);
  };

  async function run(): Promise<void> {
    const mine = abandon.signal;
    enter('starting');
    const command = await spec.command();
    if (mine.aborted) return;
    const process = launch(command, context.logFile, spec.deathSignal, context.mark);
    const born = performance.now();
    child = process;
    if (process.pid !== undefined) context.book.enter(spec.name, process.pid);
    const over = new AbortController();
    ended = new Promise((resolve) => {
      const finish = () => {
        over.abort();
        if (child === process) child = undefined;
        context.book.strike(spec.name);
        resolve();
        if (wanted && !mine.aborted) void comeBack(performance.now() - born, mine);
        else enter('stopped');
      };
      process.once('exit', finish);
      process.once('error', finish);
    });
    void watchReadiness(AbortSignal.any([over.signal, mine]));
  }

  async function watchReadiness(signal: AbortSignal): Promise<void> {
    try {
      if (!(await waitUntil(spec.name, spec.probe, 3_600_000, signal))) return;
      await spec.afterReady?.();
      if (!signal.aborted) enter('ready');
    } catch {
      // Its first work failed (a database that went away again): kill it, the supervisor starts afresh.
      child?.kill('SIGKILL');
    }
  }

  async function comeBack(livedMs: number, signal: AbortSignal): Promise<void> {
    enter('waiting');
    failures = livedMs > steadyAfterMs ? 0 : failures + 1;
    restarts++;
    const pauseMs = failures > 0 ? Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) : 0;
    hurry = new AbortController();
    await sleep(pauseMs, undefined, { signal: hurry.signal }).catch(() => {});
    if (wanted && !signal.aborted) await run();
  }

  const part: Part = {
    name: spec.name,
    kind: spec.kind,
    port: spec.port,
    logFile: context.logFile,
    get state() {
      return state;
    },
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    get since() {
      return since;
    },
    async start() {
      if (!wanted) {
        wanted = true;
        failures = 0;
        restarts = 0;
        logStart = sizeOf(context.logFile);
        abandon = new AbortController();
        await run();
      }
      await part.ready();
    },
    async stop({ force = false } = {}) {
      wanted = false;
      abandon.abort();
      const process = child;
      if (process) {
        signalGroup(process, force ? 'SIGKILL' : spec.stopSignal);
        const timer = setTimeout(() => signalGroup(process, 'SIGKILL'), spec.graceMs);
        await ended;
        clearTimeout(timer);
      }
      enter('stopped');
    },
    async restart(options) {
      await part.stop(options);
      await part.start();
    },
    async reload() {
      if (!wanted) return;
      failures = 0;
      hurry.abort();
      const process = child;
      if (!process) return;
      enter('waiting');
      signalGroup(process, spec.stopSignal);
      const timer = setTimeout(() => signalGroup(process, 'SIGKILL'), reloadGraceMs);
      await ended;
      clearTimeout(timer);
    },
    async kill9({ stay } = {}) {
      if (stay === 'down') return part.stop({ force: true });
      const process = child;
      if (!process) return;
      enter('waiting');
      signalGroup(process, 'SIGKILL');
      await ended;
    },
    async ready(limitMs = 60_000) {
      const attempts = spec.startAttempts ?? 5;
      const arrived = () => state === 'ready' || !wanted || failures >= attempts;
      await waitUntil(spec.name, arrived, limitMs).catch((error: Error) => {
        throw new Error(`${error.message}; its log ends:\n${lastLines(context.logFile, 25, logStart)}`);
      });
      if (state === 'ready') return;
      if (!wanted) throw new Error(`${spec.name} was stopped while it was waited for`);
      throw new Error(`${spec.name} died ${failures} times; its log ends:\n${lastLines(context.logFile, 25, logStart)}`);
    },
  };
  return part;
}

/** The whole group: what the process started goes with it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
