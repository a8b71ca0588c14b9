import type { Tx } from '@muster/db';
import type { Swap } from '../../domain/swaps/swap.ts';

const at = (ms: number): Date => new Date(ms);

/** Stores a new swap. Refused by `shift_swaps_waiting` where the same colleague was asked the same. */
export async function insertSwap(tx: Tx, { offered, wanted, ...swap }: Swap): Promise<void> {
  await tx`
    insert into shift_swaps (id, requester_id, colleague_id, offered_date, offered_shift_id, offered_name, offered_starts_at,
      offered_ends_at, wanted_date, wanted_shift_id, wanted_name, wanted_starts_at, wanted_ends_at, status, expires_at, note,
      asked_at, version)
    values (${swap.id}, ${swap.requesterId}, ${swap.colleagueId}, ${offered.date}, ${offered.shiftId}, ${offered.name},
      ${at(offered.startsAtMs)}, ${at(offered.endsAtMs)}, ${wanted?.date ?? null}, ${wanted?.shiftId ?? null},
      ${wanted?.name ?? null}, ${wanted && at(wanted.startsAtMs)}, ${wanted && at(wanted.endsAtMs)}, ${swap.status},
      ${at(swap.expiresAtMs)}, ${swap.note}, ${at(swap.askedAtMs)}, ${swap.version})`;
}
