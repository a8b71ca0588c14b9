import type { Tx } from '@muster/db';

// One number for this purpose, so that other advisory locks never meet it.
const gate = 6014;

/**
 * Held, together with many others, until the transaction ends, by whoever stores days or decides corrections: meanwhile no month is
 * locked or unlocked. Take it before any other lock.
 */
export async function passMonthGate(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock_shared(${gate}, 0)`;
}

/** Held alone until the transaction ends: nobody stores days or decides corrections while a month is locked or unlocked. */
export async function closeMonthGate(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${gate}, 0)`;
}
