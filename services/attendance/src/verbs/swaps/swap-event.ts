import { AppError, type EventActor, type EventDraft } from '@muster/contracts';
import { newEvent } from '@muster/db';
import { isoInstant } from '../../domain/instant.ts';
import { type Swap, swapFacts } from '../../domain/swaps/swap.ts';

type SwapEvent =
  | 'attendance.swap-asked.v1'
  | 'attendance.swap-accepted.v1'
  | 'attendance.swap-declined.v1'
  | 'attendance.swap-approved.v1'
  | 'attendance.swap-rejected.v1'
  | 'attendance.swap-cancelled.v1'
  | 'attendance.swap-expired.v1'
  | 'attendance.swap-overtaken.v1';

/** The event of a swap's change, told to `employeeIds`. */
export function swapEvent(
  type: SwapEvent,
  swap: Swap,
  o: { actor: EventActor; nowMs: number; employeeIds: readonly string[] },
) {
  const data: EventDraft<SwapEvent> = {
    ...swapFacts(swap),
    occurredAt: isoInstant(o.nowMs),
    actor: o.actor,
    employeeIds: [...o.employeeIds],
  };
  return newEvent(type, data, { subject: swap.id });
}

/** Both who are concerned. */
export const partiesOf = ({ requesterId, colleagueId }: Swap): [string, string] => [requesterId, colleagueId];

export const noSuchSwap = (): AppError => new AppError('not_found', 'There is no such swap.');
export const swapIsOver = (): AppError =>
  new AppError(
    'conflict',
    'The swap does not wait for this (any more): it was decided, withdrawn, or a shift has begun.',
  );
