import type { Db, Tx } from '@muster/db';

/** A day with somebody in whom nobody saw leave. */
export interface OpenDay {
  employeeId: string;
  date: string;
}

/** Days whose automatic check-out is due by now (`untilMs`, Unix milliseconds, included), the oldest first. */
export async function findDueAutoCloses(sql: Db, untilMs: number, limit: number): Promise<OpenDay[]> {
  return sql<OpenDay[]>`
    select employee_id as "employeeId", date from attendance_days
    where auto_close_at <= ${new Date(untilMs)} order by auto_close_at, employee_id limit ${limit}`;
}

/** When the next automatic check-out is due, Unix milliseconds; null: nobody's. */
export async function nextAutoClose(sql: Db): Promise<number | null> {
  const [row] = await sql<{ at: Date | null }[]>`
    select min(auto_close_at) as at from attendance_days where auto_close_at is not null`;
  return row?.at?.getTime() ?? null;
}

/** Nothing is due for this day any more, until it is derived otherwise. */
export async function forgetAutoClose(tx: Tx, { employeeId, date }: OpenDay): Promise<void> {
  await tx`update attendance_days set auto_close_at = null where employee_id = ${employeeId} and date = ${date}`;
}

/** Where a punch was made, and the session it opened. */
export async function findPunchPlace(
  sql: Db,
  employeeId: string,
  o: { id: string; atMs: number },
): Promise<{ siteId: string; zone: string; attendanceId: string } | undefined> {
  const [row] = await sql<{ siteId: string; zone: string; attendanceId: string }[]>`
    select site_id as "siteId", zone, attendance_id as "attendanceId" from punches
    where employee_id = ${employeeId} and id = ${o.id} and occurred_at >= ${new Date(o.atMs)}
      and occurred_at < ${new Date(o.atMs + 1)}`;
  return row;
}

export interface AutoPunch {
  id: string;
  employeeId: string;
  attendanceId: string;
  siteId: string;
  zone: string;
  atMs: number;
  receivedMs: number;
  localDate: string;
  offsetMinutes: number;
}

/** Stores an automatic check-out; false when there is one of the person at that instant. */
export async function insertAutoPunch(tx: Tx, p: AutoPunch): Promise<boolean> {
  const { count } = await tx`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes, type,
      source, zone)
    values (${p.id}, ${p.employeeId}, ${p.attendanceId}, ${p.siteId}, ${new Date(p.atMs)}, ${new Date(p.receivedMs)}, ${p.localDate},
      ${p.offsetMinutes}, 'OUT', 'auto', ${p.zone})
    on conflict (employee_id, occurred_at) where source = 'auto' do nothing`;
  return count > 0;
}
