import type { Db, Tx } from '@muster/db';

/** Stores a person's calendar secret in place of an earlier one, which ends with it. Returns the version it has now. */
export async function saveCalendarLink(tx: Db, employeeId: string, digest: Uint8Array, nowMs: number): Promise<number> {
  const at = new Date(nowMs);
  const [row] = await tx<{ version: number }[]>`
    insert into calendar_links (employee_id, digest, created_at) values (${employeeId}, ${digest}, ${at})
    on conflict (employee_id) do update
      set digest = excluded.digest, created_at = excluded.created_at, version = calendar_links.version + 1
    returning version`;
  return row?.version ?? 1;
}

/** Ends a person's calendar address, and forgets what it was told. Returns the version it had, or undefined when there was none. */
export async function deleteCalendarLink(tx: Tx, employeeId: string): Promise<number | undefined> {
  const [row] = await tx<{ version: number }[]>`
    delete from calendar_links where employee_id = ${employeeId} returning version`;
  if (row) await tx`delete from calendar_entries where employee_id = ${employeeId}`;
  return row?.version;
}

/** When the person's calendar address was made; undefined when they have none. */
export async function findCalendarLink(sql: Db, employeeId: string): Promise<{ createdAt: Date } | undefined> {
  const [row] = await sql<{ createdAt: Date }[]>`
    select created_at as "createdAt" from calendar_links where employee_id = ${employeeId}`;
  return row;
}

export interface CalendarReader {
  employeeId: string;
  /** Null while the site's own event has not arrived, or the person's. */
  zone: string | null;
  place: string | null;
}

/** Whose calendar a secret opens. Undefined for one that was ended, and for a person who left. */
export async function findCalendarReader(sql: Db, digest: Uint8Array): Promise<CalendarReader | undefined> {
  const [row] = await sql<CalendarReader[]>`
    select l.employee_id as "employeeId", s.zone, s.name as place
    from calendar_links l left join people p on p.id = l.employee_id left join sites s on s.id = p.site_id
    where l.digest = ${digest} and p.status is distinct from 'deleted'`;
  return row;
}

/** Keeps others from telling this calendar anything until the transaction ends. False when its address has ended meanwhile. */
export async function lockCalendar(tx: Tx, digest: Uint8Array): Promise<boolean> {
  return (await tx`select 1 from calendar_links where digest = ${digest} for update`).length === 1;
}
