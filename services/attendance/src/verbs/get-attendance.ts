import { AppError } from '@muster/contracts';
import type { AttendanceSession } from '@muster/contracts/http/attendance';
import { type Actor, authorise, type Scope } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeSession } from '../domain/session.ts';
import { findPeople } from '../sql/find-people.ts';
import { findSession } from '../sql/find-session.ts';

/** One session by id. Throws `not_found` when there is none, and when it is not the actor's to see. */
export async function getAttendance(deps: Deps, actor: Actor, id: string): Promise<AttendanceSession> {
  const scope = authorise(actor, 'attendance.read');
  const session = await findSession(deps.sql, id);
  if (session && (await maySee(deps, actor, scope, session.employeeId))) return describeSession(session);
  throw new AppError('not_found', 'There is no such attendance.');
}

async function maySee(deps: Deps, actor: Actor, scope: Scope, employeeId: string): Promise<boolean> {
  if (employeeId === actor.id || scope === 'all') return true;
  if (scope !== 'reports') return false;
  return (await findPeople(deps.sql, [employeeId])).get(employeeId)?.managerId === actor.id;
}
