import type { Tx } from '@muster/db';
import type { Swap, SwappedShift } from '../../domain/swaps/swap.ts';
import { type SwapRow, swapColumns, toSwap } from './swap-row.ts';

/** From where to where a swap goes, and by whom. */
export interface SwapMove {
  from: readonly Swap['status'][];
  to: Swap['status'];
  nowMs: number;
  /** The colleague's answer, or somebody's decision. */
  by: { answer: true } | { decidedBy: string; reason?: string | undefined } | null;
}

/** Moves a swap on, if it still waits where it should and none of its shifts has begun. Undefined: somebody was first. */
export async function moveSwap(tx: Tx, id: string, { from, to, nowMs, by }: SwapMove): Promise<Swap | undefined> {
  const now = new Date(nowMs);
  const noted =
    by === null
      ? tx``
      : 'answer' in by
        ? tx`, answered_at = ${now}`
        : tx`, decided_at = ${now}, decided_by = ${by.decidedBy}, reason = ${by.reason ?? null}`;
  const [row] = await tx<SwapRow[]>`
    update shift_swaps set status = ${to}, version = version + 1 ${noted}
    where id = ${id} and status = any(${from as string[]}) and expires_at > ${now}
    returning ${swapColumns(tx)}`;
  return row && toSwap(row);
}

/** A shift of somebody. */
type ShiftOf = Pick<SwappedShift, 'date' | 'shiftId'> & { employeeId: string };

/** Ends the waiting swaps in which one of these shifts is given or wanted: it went elsewhere. */
export async function overtakeSwaps(tx: Tx, shifts: readonly ShiftOf[]): Promise<Swap[]> {
  const rows = await tx<SwapRow[]>`
    update shift_swaps s set status = 'OVERTAKEN', version = version + 1
    from unnest(${shifts.map(({ employeeId }) => employeeId)}::uuid[], ${shifts.map(({ date }) => date)}::date[],
      ${shifts.map(({ shiftId }) => shiftId)}::uuid[]) as gone (employee, day, shift)
    where s.status in ('OFFERED', 'ACCEPTED') and (
      (s.requester_id = gone.employee and s.offered_date = gone.day and s.offered_shift_id = gone.shift)
      or (s.colleague_id = gone.employee and s.wanted_date = gone.day and s.wanted_shift_id = gone.shift))
    returning ${swapColumns(tx)}`;
  return rows.map(toSwap);
}

/** Ends waiting swaps one of whose shifts has begun, at most `limit`. Those another process holds are passed over. */
export async function expireSwaps(tx: Tx, nowMs: number, limit: number): Promise<Swap[]> {
  const rows = await tx<SwapRow[]>`
    update shift_swaps set status = 'EXPIRED', version = version + 1
    where id in (
      select id from shift_swaps where status in ('OFFERED', 'ACCEPTED') and expires_at <= ${new Date(nowMs)}
      order by expires_at limit ${limit} for update skip locked
    ) returning ${swapColumns(tx)}`;
  return rows.map(toSwap);
}
