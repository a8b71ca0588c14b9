import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, sessionColumns, toSession } from './session-row.ts';

/** Whose sessions to list: everybody's, or those of certain people. */
export interface ListScope {
  /** One person, whether projected or not. */
  employeeId?: string | undefined;
  /** This manager's own sessions, and those of everybody below them, however far down. */
  managerId?: string | undefined;
  /** Those in one of these departments, as the projection spells them. */
  departments?: string[] | undefined;
}

export interface ListRange {
  siteId?: string | undefined;
  status?: 'open' | 'closed' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Ids from `lowest` (included) to `beyond` (excluded); the cursor of a later page is its `beyond`. */
  lowest: string;
  beyond: string;
  limit: number;
}

/**
 * Sessions, newest first. Every shape walks an index backwards from the cursor and stops after `limit` rows (per person, where
 * people are named), so page 1 and page 10,000 cost the same.
 */
export async function listSessions(sql: Db, scope: ListScope, range: ListRange): Promise<Session[]> {
  const columns = sessionColumns(sql);
  const matches = sql`s.id >= ${range.lowest} and s.id < ${range.beyond}
    ${range.siteId === undefined ? sql`` : sql`and s.site_id = ${range.siteId}`}
    ${range.status === undefined ? sql`` : range.status === 'open' ? sql`and s.check_out_at is null` : sql`and s.check_out_at is not null`}
    ${range.from === undefined ? sql`` : sql`and s.date >= ${range.from}`}
    ${range.to === undefined ? sql`` : sql`and s.date <= ${range.to}`}`;
  const rows =
    scope.managerId === undefined && scope.departments === undefined
      ? await sql<SessionRow[]>`
          select ${columns} from attendance_sessions s
          where ${matches} ${scope.employeeId === undefined ? sql`` : sql`and s.employee_id = ${scope.employeeId}`}
          order by s.id desc limit ${range.limit}`
      : await sql<SessionRow[]>`
          ${scope.managerId === undefined ? sql`` : below(sql, scope.managerId)}
          select ${columns} from people p cross join lateral (
            select * from attendance_sessions s where s.employee_id = p.id and ${matches}
            order by s.id desc limit ${range.limit}
          ) s
          where true
            ${scope.managerId === undefined ? sql`` : sql`and p.id in (select id from below)`}
            ${scope.departments === undefined ? sql`` : sql`and p.department = any(${scope.departments})`}
            ${scope.employeeId === undefined ? sql`` : sql`and p.id = ${scope.employeeId}`}
          order by s.id desc limit ${range.limit}`;
  return rows.map(toSession);
}

/** Walks the line of command down by an index; `union` ends in a circle, too. */
const below = (sql: Db, managerId: string) => sql`
  with recursive below (id) as (
    select ${managerId}::uuid
    union
    select p.id from people p join below on p.manager_id = below.id
  )`;
