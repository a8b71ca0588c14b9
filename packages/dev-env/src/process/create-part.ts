import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, sizeOf } from '../logs/last-lines.ts';
import { launch } from './launch.ts';
import type { Part, PartContext, PartSpec, PartState } from './part.ts';
import { signalGroup } from './signal-group.ts';
import { waitUntil } from './wait-until.ts';

// A healthy part that dies is back at once; one that cannot start (Redis is away) is tried every two seconds.
const firstPauseMs = 50;
const longestPauseMs = 2_000;
const steadyAfterMs = 5_000;
const reloadGraceMs = 150;
const forEverMs = 2 ** 31;

/** Makes a part; nothing runs before `start`. */
export function createPart(spec: PartSpec, context: PartContext): Part {
  let wanted = false;
  let child: ChildProcess | undefined;
  let state: PartState = 'stopped';
  let since: Date | undefined;
  let restarts = 0;
  let failures = 0;
  let reloading = false;
  let logStart = 0;
  let launching: Promise<void> = Promise.resolve();
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
      // Not started at all; any other error of a child is about one signal and no end.
      process.on('error', () => process.pid === undefined && finish());
    });
    void watchReadiness(process, AbortSignal.any([over.signal, mine]));
  }

  async function watchReadiness(process: ChildProcess, signal: AbortSignal): Promise<void> {
    try {
      if (!(await waitUntil(spec.name, spec.probe, forEverMs, signal))) return;
      await spec.afterReady?.();
      if (!signal.aborted) enter('ready');
    } catch {
      // Its first work failed (a database that went away again): the supervisor starts it afresh.
      signalGroup(process, 'SIGKILL');
    }
  }

  async function comeBack(livedMs: number, signal: AbortSignal): Promise<void> {
    enter('waiting');
    failures = livedMs > steadyAfterMs || reloading ? 0 : failures + 1;
    if (!reloading) restarts++;
    reloading = false;
    hurry = new AbortController();
    const pauseMs = failures > 0 ? Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) : 0;
    await sleep(pauseMs, undefined, { signal: hurry.signal }).catch(() => {});
    if (!wanted || signal.aborted) return;
    launching = run();
    await launching.catch(() => comeBack(0, signal));
  }

  /** Signals, kills after `graceMs`, resolves when the process is gone. */
  async function end(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    const process = child;
    if (!process) return;
    signalGroup(process, signal);
    const timer = setTimeout(() => signalGroup(process, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
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
        launching = run();
        await launching.catch(async (error) => {
          await part.stop();
          throw error;
        });
      }
      await part.ready();
    },
    async stop({ force = false } = {}) {
      wanted = false;
      abandon.abort();
      hurry.abort();
      // Its first steps (Postgres making its cluster) cannot be cut in half.
      await launching.catch(() => {});
      await end(force ? 'SIGKILL' : spec.stopSignal, spec.graceMs);
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
      if (!child) return;
      reloading = true;
      enter('waiting');
      await end(spec.stopSignal, reloadGraceMs);
    },
    async kill9({ stay } = {}) {
      if (stay === 'down') return part.stop({ force: true });
      if (!child) return;
      enter('waiting');
      await end('SIGKILL', 0);
    },
    async ready(limitMs = 60_000) {
      const attempts = spec.startAttempts ?? 5;
      const log = () => `its log ends:\n${lastLines(context.logFile, 25, logStart)}`;
      const settled = () => state === 'ready' || !wanted || failures >= attempts;
      await waitUntil(spec.name, settled, limitMs).catch((error: Error) => {
        throw new Error(`${error.message}; ${log()}`);
      });
      if (state === 'ready') return;
      if (!wanted) throw new Error(`${spec.name} was stopped while it was waited for`);
      throw new Error(`${spec.name} died ${failures} times; ${log()}`);
    },
  };
  return part;
}
