import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { findSwap } from '../../sql/swaps/find-swap.ts';
import { reaches } from '../reaches.ts';
import { noSuchSwap, partiesOf } from './swap-event.ts';

/** One swap, for its two people and whoever stands above one of them. Throws `not_found` for everybody else. */
export async function getSwap(deps: Deps, actor: Actor, id: string): Promise<SwapAnswer> {
  const scope = authorise(actor, 'swaps.read');
  const swap = await findSwap(deps.sql, id);
  if (!swap) throw noSuchSwap();
  for (const person of partiesOf(swap)) if (await reaches(deps, actor, scope, person)) return swapView(swap);
  throw noSuchSwap();
}
