import type { CursorPage } from '@muster/contracts';
import type { OpenShiftAnswer, OpenShiftListQuery } from '@muster/contracts/http/attendance-open-shifts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { openShiftView } from '../../domain/open-shifts/open-shift.ts';
import { listOpenShifts as select } from '../../sql/open-shifts/open-shifts.ts';
import { siteInReach } from './site-in-reach.ts';

/** Open shifts, newest first: of all sites for hr and admin, else of one's own. */
export async function listOpenShifts(
  deps: Deps,
  actor: Actor,
  query: OpenShiftListQuery,
): Promise<CursorPage<OpenShiftAnswer>> {
  const own = await siteInReach(deps.sql, actor, authorise(actor, 'open-shifts.read'));
  const { siteId = own, from, to, status, limit } = query;
  if (siteId === null || (own !== undefined && siteId !== own)) return { data: [], meta: { nextCursor: null } };
  const before = query.cursor?.toLowerCase();
  const found = await select(deps.sql, { siteId, from, to, status, before, limit: limit + 1, reader: actor.id });
  const data = found.slice(0, limit).map(({ mine, ...shift }) => openShiftView(shift, mine));
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
