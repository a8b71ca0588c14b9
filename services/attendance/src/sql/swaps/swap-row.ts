import type { Db } from '@muster/db';
import type { Swap, SwappedShift } from '../../domain/swaps/swap.ts';

export interface SwapRow {
  id: string;
  requesterId: string;
  colleagueId: string;
  offeredDate: string;
  offeredShiftId: string;
  offeredName: string;
  offeredStartsAt: Date;
  offeredEndsAt: Date;
  wantedDate: string | null;
  wantedShiftId: string | null;
  wantedName: string | null;
  wantedStartsAt: Date | null;
  wantedEndsAt: Date | null;
  status: Swap['status'];
  expiresAt: Date;
  note: string | null;
  reason: string | null;
  askedAt: Date;
  answeredAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  version: number;
}

/** Every column, under the names of {@link SwapRow}. */
export const swapColumns = (sql: Db) => sql`
  id, requester_id as "requesterId", colleague_id as "colleagueId", offered_date as "offeredDate",
  offered_shift_id as "offeredShiftId", offered_name as "offeredName", offered_starts_at as "offeredStartsAt",
  offered_ends_at as "offeredEndsAt", wanted_date as "wantedDate", wanted_shift_id as "wantedShiftId",
  wanted_name as "wantedName", wanted_starts_at as "wantedStartsAt", wanted_ends_at as "wantedEndsAt", status,
  expires_at as "expiresAt", note, reason, asked_at as "askedAt", answered_at as "answeredAt", decided_at as "decidedAt",
  decided_by as "decidedBy", version`;

export function toSwap(row: SwapRow): Swap {
  const { id, requesterId, colleagueId, status, note, reason, decidedBy, version } = row;
  return {
    ...{ id, requesterId, colleagueId, status, note, reason, decidedBy, version },
    offered: {
      date: row.offeredDate,
      shiftId: row.offeredShiftId,
      name: row.offeredName,
      startsAtMs: row.offeredStartsAt.getTime(),
      endsAtMs: row.offeredEndsAt.getTime(),
    },
    wanted: wantedOf(row),
    expiresAtMs: row.expiresAt.getTime(),
    askedAtMs: row.askedAt.getTime(),
    answeredAtMs: row.answeredAt?.getTime() ?? null,
    decidedAtMs: row.decidedAt?.getTime() ?? null,
  };
}

function wantedOf(row: SwapRow): SwappedShift | null {
  const { wantedDate: date, wantedShiftId: shiftId, wantedName: name, wantedStartsAt, wantedEndsAt } = row;
  if (date === null || shiftId === null || name === null || wantedStartsAt === null || wantedEndsAt === null)
    return null;
  return { date, shiftId, name, startsAtMs: wantedStartsAt.getTime(), endsAtMs: wantedEndsAt.getTime() };
}
