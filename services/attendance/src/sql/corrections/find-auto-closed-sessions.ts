import type { Db } from '@muster/db';
import type { Session } from '../../domain/session.ts';
import { type SessionRow, sessionColumns, toSession } from '../session-row.ts';

/**
 * The latest session of each of these people, by employee id, where an automatic check-out closed it and it began after `sinceMs` (Unix
 * milliseconds): whoever leaves only now may still take its place.
 */
export async function findAutoClosedSessions(
  sql: Db,
  employeeIds: readonly string[],
  sinceMs: number,
): Promise<Map<string, Session>> {
  const rows = await sql<SessionRow[]>`
    select ${sessionColumns(sql)} from unnest(${employeeIds as string[]}::uuid[]) as i (employee_id)
    cross join lateral (
      select * from attendance_sessions s where s.employee_id = i.employee_id order by s.id desc limit 1
    ) s
    where s.auto_closed and s.check_in_at >= ${new Date(sinceMs)}`;
  return new Map(rows.map((row) => [row.employee_id, toSession(row)]));
}
