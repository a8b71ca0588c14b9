import type { LeaveCalendar, LeaveCalendarQuery } from '@muster/contracts/http/attendance-leave';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { leaveParts } from '../../domain/leave/leave-parts.ts';
import { findDepartments } from '../../sql/find-departments.ts';
import { selectAwayHalves, selectAwayPeople } from '../../sql/leave/leave-calendar.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

/** Who is away when, of the people the actor may read, by id: all for hr, for managers everybody below them, else oneself. */
export async function getLeaveCalendar(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  query: LeaveCalendarQuery,
): Promise<LeaveCalendar> {
  const scope = authorise(actor, 'leave.read');
  const { cursor, limit, from, to, siteId, managerId, department } = query;
  const people = await selectAwayPeople(deps.sql, {
    ...(scope === 'own' && { only: actor.id }),
    ...(scope === 'reports' && { below: actor.id }),
    ...(department !== undefined && { departments: await findDepartments(deps.sql, department) }),
    ...{ siteId, managerId, from, to, after: cursor ?? lowest, limit: limit + 1 },
  });
  const page = people.slice(0, limit);
  const ids = page.map(({ employeeId }) => employeeId);
  const halves = Map.groupBy(await selectAwayHalves(deps.sql, ids, from, to), ({ employeeId }) => employeeId);
  return {
    data: page.map(({ employeeId, name }) => {
      const own = halves.get(employeeId) ?? [];
      const approved = new Set(own.filter((one) => one.approved).map(({ requestId }) => requestId));
      const days = leaveParts(own).map(({ id, date, part, type }) => ({
        ...{ date, part, type, requestId: id },
        status: approved.has(id) ? ('approved' as const) : ('pending' as const),
      }));
      return { employeeId, name, days };
    }),
    meta: { nextCursor: people.length > limit ? (ids.at(-1) ?? null) : null },
  };
}
