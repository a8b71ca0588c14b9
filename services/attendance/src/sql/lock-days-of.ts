import type { Tx } from '@muster/db';
import { passMonthGate } from './corrections/month-gate.ts';

// One number for this purpose, so that other advisory locks never meet these.
const space = 6010;

/**
 * Derives a person's days alone until the transaction ends: whoever comes second reads what the first saw, and more. Give people in
 * order of id: two processes sharing people would deadlock otherwise. No month is locked or unlocked meanwhile.
 */
export async function lockDaysOf(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await passMonthGate(tx);
  await tx`
    select pg_advisory_xact_lock(${space}, hash) from (
      select distinct hashtext(id) as hash from unnest(${employeeIds as string[]}::text[]) as i (id) order by hash
    ) as locks`;
}
