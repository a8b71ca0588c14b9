import { AppError } from '@muster/contracts';
import type { AttendanceSession } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeSession } from '../domain/session.ts';
import { findSession } from '../sql/find-session.ts';
import { reaches } from './reaches.ts';

/** One session by id. Throws `not_found` when there is none, and when it is not the actor's to see. */
export async function getAttendance(deps: Deps, actor: Actor, id: string): Promise<AttendanceSession> {
  const scope = authorise(actor, 'attendance.read');
  const session = await findSession(deps.sql, id);
  if (session && (await reaches(deps, actor, scope, session.employeeId))) return describeSession(session);
  throw new AppError('not_found', 'There is no such attendance.');
}
