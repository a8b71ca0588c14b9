import type { Launch } from './launch.ts';
import type { PidBook } from './pid-book.ts';

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
