import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, sessionColumns, toSession } from './session-row.ts';

/** The open sessions of these people, by employee id: at most one each, the database sees to it. */
export async function findOpenSessions(sql: Db, employeeIds: readonly string[]): Promise<Map<string, Session>> {
  const rows = await sql<SessionRow[]>`
    select ${sessionColumns(sql)}
    from unnest(${employeeIds as string[]}::uuid[]) as i (employee_id)
    join attendance_sessions s on s.employee_id = i.employee_id and s.check_out_at is null`;
  return new Map(rows.map((row) => [row.employee_id, toSession(row)]));
}
