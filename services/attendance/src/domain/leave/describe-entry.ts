import type { LeaveEntry } from '@muster/contracts/http/attendance-leave';

/** An entry of the ledger as a client sees it. `amount`: half days. */
export const describeEntry = ({
  amount,
  at,
  ...entry
}: Omit<LeaveEntry, 'days' | 'at'> & { amount: number; at: { toISOString(): string } }): LeaveEntry => ({
  ...entry,
  days: amount / 2,
  at: at.toISOString(),
});
