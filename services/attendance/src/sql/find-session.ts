import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, sessionColumns, toSession } from './session-row.ts';

/** One session by its id. */
export async function findSession(sql: Db, id: string): Promise<Session | undefined> {
  const [row] = await sql<SessionRow[]>`
    select ${sessionColumns(sql)} from attendance_sessions s where s.id = ${id}`;
  return row && toSession(row);
}
