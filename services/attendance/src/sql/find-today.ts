import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, sessionColumns, toSession } from './session-row.ts';

/** The person's open session, else the latest of this local day. */
export async function findToday(
  sql: Db,
  employeeId: string,
  date: string,
  lowestId: string,
): Promise<Session | undefined> {
  const [row] = await sql<SessionRow[]>`
    (select ${sessionColumns(sql)}
     from attendance_sessions s where employee_id = ${employeeId} and check_out_at is null limit 1)
    union all
    (select ${sessionColumns(sql)}
     from attendance_sessions s where employee_id = ${employeeId} and id >= ${lowestId} and date = ${date}
     order by id desc limit 1)
    limit 1`;
  return row && toSession(row);
}
