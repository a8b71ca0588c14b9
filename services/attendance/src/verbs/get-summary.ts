import type { AttendanceSummary, SummaryQuery } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { sessionIdRange } from '../domain/session-id.ts';
import { sumDays } from '../sql/sum-days.ts';
import { sumSessions } from '../sql/sum-sessions.ts';
import { findVisiblePerson } from './find-visible-person.ts';

/**
 * Sums of one person on local days: sessions are counted, minutes are the attendance days', as timesheets have them. The default range ends today at the person's site and begins with that month.
 * Throws `not_found` for a person the actor may not see.
 */
export async function getSummary(deps: Deps, actor: Actor, query: SummaryQuery): Promise<AttendanceSummary> {
  const { id: employeeId, person } = await findVisiblePerson(deps, actor, query.employeeId);
  const today = deps.localDay(deps.clock.now().epochMilliseconds, person?.zone ?? deps.defaultPlace.zone).date;
  const to = query.to ?? (query.from !== undefined && query.from > today ? query.from : today);
  const from = query.from ?? `${to.slice(0, 7)}-01`;
  const where = { employeeId, from, to };
  const [sessions, days] = await Promise.all([
    sumSessions(deps.sql, { ...where, ...sessionIdRange(from, to) }),
    sumDays(deps.sql, where),
  ]);
  return { ...where, ...sessions, ...days };
}
