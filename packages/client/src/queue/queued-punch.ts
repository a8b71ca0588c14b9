import { type SyncPunch, type SyncReason, type SyncStatus, syncPunch } from '@muster/contracts/http/attendance-sync';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';

/** A punch as it waits and travels: with its identity and its time for good. */
export type QueuedPunch = SyncPunch;

/** A punch about to be made. `occurredAt` only where a reader recorded it earlier; else it is now. */
export type NewPunch = Omit<z.input<typeof syncPunch>, 'clientId' | 'occurredAt'> & { occurredAt?: string };

/** What became of one punch of a call. `refused`: the server could not even read it. */
export interface PunchResult {
  clientId: string;
  status: SyncStatus | 'refused';
  reason: SyncReason | string | null;
}

/** One call of `punches/sync`. */
export type SendPunches = (
  punches: readonly QueuedPunch[],
  completeUntil: string | undefined,
) => Promise<readonly PunchResult[]>;

/** Gives a punch its identity and its time. Throws ZodError on what the server would refuse. */
export const makePunch = (punch: NewPunch, now: Date): QueuedPunch =>
  syncPunch.parse({ ...punch, clientId: uuid(), occurredAt: punch.occurredAt ?? now.toISOString() });
