import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { OpenShift } from '../../domain/open-shifts/open-shift.ts';
import type { PersonChange } from '../roster-changes/change-rosters.ts';
import { isStill, shiftOfType } from '../swaps/swap-shifts.ts';

/**
 * What a place of an open shift adds to a person's roster.
 * @throws AppError conflict, when the shift type has other times by now
 */
export async function placeGained(tx: Tx, shift: OpenShift, employeeId: string): Promise<PersonChange> {
  const planned = await shiftOfType(tx, shift, shift.zone);
  if (!planned || !isStill(shift, planned))
    throw new AppError('conflict', 'The shift has other times by now: it has to be posted again.');
  return { employeeId, loses: [], gains: [planned] };
}
