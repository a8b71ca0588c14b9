import type { HeldPunchView } from '@muster/contracts/http/attendance-held';
import type { Db, Tx } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

export interface HeldScope {
  employeeId?: string | undefined;
  /** This manager's own, and those of everybody below them. */
  managerId?: string | undefined;
}

type Row = Omit<HeldPunchView, 'claimedAt' | 'receivedAt'> & { claimedAt: Date; receivedAt: Date };

/** Held punches nobody has settled, newest first, before a cursor. */
export async function listHeldPunches(
  sql: Db,
  { employeeId, managerId }: HeldScope,
  { before, limit }: { before: string; limit: number },
): Promise<HeldPunchView[]> {
  const rows = await sql<Row[]>`
    ${managerId === undefined ? sql`` : peopleBelow(sql, managerId)}
    select h.id, h.employee_id as "employeeId", h.site_id as "siteId", h.type, h.claimed_at as "claimedAt",
      h.received_at as "receivedAt", h.reason, h.device_id as "deviceId", h.notes, c.skew_ms as "skewMs"
    from held_punches h left join sync_calls c on c.id = h.sync_id
    where h.settled_at is null and h.id < ${before}
      ${employeeId === undefined ? sql`` : sql`and h.employee_id = ${employeeId}`}
      ${managerId === undefined ? sql`` : sql`and h.employee_id in (select id from below)`}
    order by h.id desc limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    claimedAt: row.claimedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
  }));
}

/** Whose held punch it is; undefined when there is none that waits. */
export async function findHeldPunch(sql: Db, id: string): Promise<{ employeeId: string } | undefined> {
  const [row] = await sql<{ employeeId: string }[]>`
    select employee_id as "employeeId" from held_punches where id = ${id} and settled_at is null`;
  return row;
}

/** Settles a held punch; false when somebody else did. */
export async function dismissHeld(tx: Tx, id: string, by: string, nowMs: number): Promise<boolean> {
  const { count } = await tx`
    update held_punches set settled_at = ${new Date(nowMs)}, settled_by = ${by} where id = ${id} and settled_at is null`;
  return count > 0;
}
