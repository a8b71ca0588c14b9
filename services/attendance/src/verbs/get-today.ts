import type { AttendanceSession } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeSession } from '../domain/session.ts';
import { sessionIdRange } from '../domain/session-id.ts';
import { findToday } from '../sql/find-today.ts';
import { findVisiblePerson } from './find-visible-person.ts';

/**
 * The person's session of today, the day at their site: the open one, whenever it began (it decides what they may do next), else
 * the latest of the day; null where there is none. Throws `not_found` for a person the actor may not see.
 */
export async function getToday(deps: Deps, actor: Actor, employeeId?: string): Promise<AttendanceSession | null> {
  const { id, person } = await findVisiblePerson(deps, actor, employeeId);
  const { date } = deps.localDay(deps.clock.now().epochMilliseconds, person?.zone ?? deps.defaultPlace.zone);
  const session = await findToday(deps.sql, id, date, sessionIdRange(date, date).lowest);
  return session ? describeSession(session) : null;
}
