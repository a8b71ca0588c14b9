import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import type { Swap, SwappedShift } from '../../domain/swaps/swap.ts';
import type { PersonChange } from '../roster-changes/change-rosters.ts';
import { findPlannedShift, isStill } from './swap-shifts.ts';

/**
 * What a swap changes in the rosters of both, as they are now. Take their lock before.
 * @throws AppError conflict, where one of the shifts is no longer there, or lies elsewhere
 */
export async function swapChanges(deps: Deps, tx: Tx, swap: Swap): Promise<PersonChange[]> {
  const { requesterId, colleagueId, offered, wanted } = swap;
  const given = await stillThere(deps, tx, requesterId, offered);
  const taken = wanted && (await stillThere(deps, tx, colleagueId, wanted));
  return [
    { employeeId: requesterId, loses: [offered], gains: taken ? [taken] : [] },
    { employeeId: colleagueId, loses: wanted ? [wanted] : [], gains: [given] },
  ];
}

async function stillThere(deps: Deps, tx: Tx, employeeId: string, shift: SwappedShift) {
  const planned = await findPlannedShift(deps, tx, employeeId, shift);
  if (planned && isStill(shift, planned)) return planned;
  throw new AppError('conflict', 'One of the shifts was changed meanwhile.');
}
