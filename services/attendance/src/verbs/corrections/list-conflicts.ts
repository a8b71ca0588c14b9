import type { CursorPage } from '@muster/contracts';
import type { ConflictDay, ConflictsQuery } from '@muster/contracts/http/attendance-corrections';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { factIdsOf } from '../../domain/corrections/day-changes.ts';
import { describeFact, inOrderOfTime } from '../../domain/corrections/describe-fact.ts';
import type { AttendanceDay } from '../../domain/days/index.ts';
import { listConflicts as listConflictRows } from '../../sql/corrections/list-dated-rows.ts';
import { factsOfDays } from './facts-of-days.ts';
import { fromCursor, toCursor, whoseRows } from './whose-rows.ts';

/** Days with facts that cannot all be true, of whom the actor may see, latest first, with the facts. */
export async function listConflicts(deps: Deps, actor: Actor, query: ConflictsQuery): Promise<CursorPage<ConflictDay>> {
  const whose = whoseRows(actor, authorise(actor, 'corrections.read'), query.employeeId);
  if (!whose) return { data: [], meta: { nextCursor: null } };
  const { from, to, limit } = query;
  const rows = await listConflictRows(deps.sql, whose, {
    from,
    to,
    beyond: fromCursor(query.cursor),
    limit: limit + 1,
  });
  const days = rows.slice(0, limit).map(({ day }) => JSON.parse(day) as AttendanceDay);
  const facts = await factsOfDays(
    deps.sql,
    days.map((day) => ({ ...day, ids: factIdsOf(day) })),
  );
  const data = days.map((day, i) => {
    const { employeeId, date, zone, conflicts } = day;
    return { employeeId, date, zone, conflicts, facts: (facts[i] ?? []).sort(inOrderOfTime).map(describeFact) };
  });
  const last = data.at(-1);
  return { data, meta: { nextCursor: rows.length > limit && last ? toCursor(last) : null } };
}
