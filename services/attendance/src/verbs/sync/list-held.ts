import type { CursorPage } from '@muster/contracts';
import type { HeldPunchView, HeldQuery } from '@muster/contracts/http/attendance-held';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listHeldPunches } from '../../sql/sync/list-held-punches.ts';

const beyond = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Punches that were not believed and wait, of whomever the actor may see, newest first. */
export async function listHeld(deps: Deps, actor: Actor, query: HeldQuery): Promise<CursorPage<HeldPunchView>> {
  const scope = authorise(actor, 'corrections.read');
  const { employeeId, limit } = query;
  const isOwn = scope === 'own';
  if (isOwn && employeeId !== undefined && employeeId !== actor.id) return { data: [], meta: { nextCursor: null } };
  const whose = isOwn ? { employeeId: actor.id } : { employeeId, managerId: scope === 'all' ? undefined : actor.id };
  const found = await listHeldPunches(deps.sql, whose, { before: query.cursor ?? beyond, limit: limit + 1 });
  const data = found.slice(0, limit);
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
