import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { Swap } from '../../domain/swaps/swap.ts';
import { findSwap } from '../../sql/swaps/find-swap.ts';
import { reaches } from '../reaches.ts';
import { noSuchSwap, partiesOf } from './swap-event.ts';

/**
 * A swap that the actor may decide: whoever stands above both, hr and admins. Four eyes: nobody decides about their own shifts.
 * @throws AppError not_found, forbidden
 */
export async function findDecidableSwap(deps: Deps, actor: Actor, id: string): Promise<Swap> {
  const scope = authorise(actor, 'swaps.decide');
  const swap = await findSwap(deps.sql, id);
  if (!swap) throw noSuchSwap();
  for (const person of partiesOf(swap)) if (!(await reaches(deps, actor, scope, person))) throw noSuchSwap();
  if (partiesOf(swap).includes(actor.id)) throw new AppError('forbidden', 'Somebody else decides about your own swap.');
  return swap;
}
