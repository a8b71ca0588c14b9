import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { isoInstant } from '../instant.ts';

/** A shift of a swap as it was when the swap was asked for. Times are Unix milliseconds. */
export interface SwappedShift {
  date: string;
  shiftId: string;
  name: string;
  startsAtMs: number;
  endsAtMs: number;
}

/** One person's offer of a shift to another. */
export interface Swap {
  id: string;
  requesterId: string;
  colleagueId: string;
  offered: SwappedShift;
  /** Null: a gift. */
  wanted: SwappedShift | null;
  status: SwapAnswer['status'];
  /** When the first of its shifts begins. */
  expiresAtMs: number;
  note: string | null;
  reason: string | null;
  askedAtMs: number;
  answeredAtMs: number | null;
  decidedAtMs: number | null;
  decidedBy: string | null;
  version: number;
}

/** When nobody can decide any more: as soon as the first of the shifts begins. */
export const expiryOf = (offered: SwappedShift, wanted: SwappedShift | null): number =>
  Math.min(offered.startsAtMs, wanted?.startsAtMs ?? Number.POSITIVE_INFINITY);

const shiftView = ({ startsAtMs, endsAtMs, ...shift }: SwappedShift) => ({
  ...shift,
  startsAt: isoInstant(startsAtMs),
  endsAt: isoInstant(endsAtMs),
});
const instantOrNull = (atMs: number | null): string | null => (atMs === null ? null : isoInstant(atMs));

/** A swap as clients see it. */
export const swapView = (swap: Swap): SwapAnswer => ({
  id: swap.id,
  version: swap.version,
  status: swap.status,
  requesterId: swap.requesterId,
  colleagueId: swap.colleagueId,
  offered: shiftView(swap.offered),
  wanted: swap.wanted && shiftView(swap.wanted),
  note: swap.note,
  reason: swap.reason,
  expiresAt: isoInstant(swap.expiresAtMs),
  askedAt: isoInstant(swap.askedAtMs),
  answeredAt: instantOrNull(swap.answeredAtMs),
  decidedAt: instantOrNull(swap.decidedAtMs),
  decidedBy: swap.decidedBy,
});

/** What its events carry: no word that somebody wrote. */
export function swapFacts({ id, requesterId, colleagueId, offered, wanted, version }: Swap) {
  const bare = (shift: SwappedShift) => {
    const { name: _, ...rest } = shiftView(shift);
    return rest;
  };
  return { swapId: id, version, requesterId, colleagueId, offered: bare(offered), wanted: wanted && bare(wanted) };
}
