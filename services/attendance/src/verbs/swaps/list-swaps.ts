import type { CursorPage } from '@muster/contracts';
import type { SwapAnswer, SwapListQuery } from '@muster/contracts/http/attendance-swaps';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { listSwaps as selectSwaps } from '../../sql/swaps/list-swaps.ts';

/** Swaps the actor may see, newest first: all for hr and admin, for managers those of people below them, else their own. */
export async function listSwaps(deps: Deps, actor: Actor, query: SwapListQuery): Promise<CursorPage<SwapAnswer>> {
  const scope = authorise(actor, 'swaps.read');
  const { employeeId, status, limit } = query;
  // What is out of sight is simply not in the list: a colleague's swaps with others are not one's own.
  const isOther = scope === 'own' && employeeId !== undefined && employeeId !== actor.id;
  if (isOther) return { data: [], meta: { nextCursor: null } };
  const found = await selectSwaps(deps.sql, {
    employeeId: scope === 'own' ? actor.id : employeeId,
    managerId: scope === 'reports' ? actor.id : undefined,
    status,
    before: query.cursor?.toLowerCase(),
    limit: limit + 1,
  });
  const data = found.slice(0, limit).map(swapView);
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
