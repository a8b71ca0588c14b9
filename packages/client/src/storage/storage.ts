import type { QueuedPunch } from '../queue/queued-punch.ts';

/** A punch that the server did not simply take, kept until the app says it has dealt with it. */
export interface Trouble {
  punch: QueuedPunch;
  /** `conflict`: kept as a fact, but at odds with another. `rejected`: not kept. `refused`: the server could not read it. */
  status: 'conflict' | 'rejected' | 'refused';
  /** Of the contract's reasons, or the code of the problem where it was refused. */
  reason: string;
  /** When the answer was read, RFC 3339. */
  at: string;
}

/**
 * Where punches wait. What `add` and `settle` resolved survives a crash of the process, and of the machine as far as the disk
 * keeps its word. One opener at a time: who opens a storage that is open gets StorageInUse.
 */
export interface PunchStorage {
  /** All of them or none. One whose `clientId` is there already changes nothing. */
  add(punches: readonly QueuedPunch[]): Promise<void>;
  /** The oldest that wait, in the order they were added. */
  waiting(limit: number): Promise<QueuedPunch[]>;
  countWaiting(): Promise<number>;
  /** In one step: forgets what was taken, sets aside what was not. */
  settle(taken: readonly string[], troubles: readonly Trouble[]): Promise<void>;
  troubles(): Promise<Trouble[]>;
  dismiss(clientIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Another process, tab or queue has this storage open. */
export class StorageInUse extends Error {
  override readonly name = 'StorageInUse';
  constructor(what: string) {
    super(`${what} is in use by another process`);
  }
}
