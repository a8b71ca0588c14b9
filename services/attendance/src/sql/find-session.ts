import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, toSession } from './session-row.ts';

/** One session by its id. */
export async function findSession(sql: Db, id: string): Promise<Session | undefined> {
  const [row] = await sql<SessionRow[]>`
    select id, employee_id, site_id, date, zone, source, check_in_at, check_out_at, version,
      break_since, flags
    from attendance_sessions where id = ${id}`;
  return row && toSession(row);
}
