import type { CursorPage } from '@muster/contracts';
import type { LateDay, LateQuery } from '@muster/contracts/http/attendance-months';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeChange, factIdsOf } from '../../domain/corrections/day-changes.ts';
import { describeFact, inOrderOfTime } from '../../domain/corrections/describe-fact.ts';
import type { AttendanceDay } from '../../domain/days/index.ts';
import { isoInstant } from '../../domain/instant.ts';
import { listWaitingDays, type WaitingRow } from '../../sql/corrections/list-dated-rows.ts';
import { factsOfDays } from './facts-of-days.ts';
import { fromCursor, toCursor, whoseRows } from './whose-rows.ts';

const parse = (day: string | null): AttendanceDay | null => (day === null ? null : JSON.parse(day));

/** What waits for a closed month (`YYYY-MM`) to be unlocked: days as they were closed, as they would be, and the facts in between. */
export async function listLateDays(
  deps: Deps,
  actor: Actor,
  month: string,
  query: LateQuery,
): Promise<CursorPage<LateDay>> {
  const whose = whoseRows(actor, authorise(actor, 'months.read'), query.employeeId);
  if (!whose) return { data: [], meta: { nextCursor: null } };
  const { siteId, limit } = query;
  const rows = await listWaitingDays(deps.sql, whose, {
    month,
    siteId,
    defaultSiteId: deps.defaultPlace.siteId,
    beyond: fromCursor(query.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const facts = await factsOfDays(deps.sql, page.map(late));
  const data = page.map(({ employeeId, date, since, stored, wanted }, i) => ({
    ...describeChange({ date, before: parse(stored), after: parse(wanted) }),
    employeeId,
    since: isoInstant(since.getTime()),
    facts: (facts[i] ?? []).sort(inOrderOfTime).map(describeFact),
  }));
  const last = data.at(-1);
  return { data, meta: { nextCursor: rows.length > limit && last ? toCursor(last) : null } };
}

/** The facts the day would name and the closed one does not. */
function late({ employeeId, date, stored, wanted }: WaitingRow) {
  const known = factIdsOf(parse(stored));
  return { employeeId, date, ids: new Set([...factIdsOf(parse(wanted))].filter((id) => !known.has(id))) };
}
