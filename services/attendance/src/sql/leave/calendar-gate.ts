import type { Tx } from '@muster/db';

// One number for this purpose, so that other advisory locks never meet it.
const gate = 6017;

/**
 * Held, together with many others, until the transaction ends, by whoever counts what a leave costs: meanwhile no calendar changes. Take
 * it before any other lock.
 */
export async function passCalendarGate(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock_shared(${gate}, 0)`;
}

/** Held alone until the transaction ends, by whoever changes days off: so every leave is counted by them, or found by the change. */
export async function closeCalendarGate(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${gate}, 0)`;
}
