import type { Tx } from '@muster/db';
import type { StoredAssignment } from './assignments.ts';

/** An assignment that goes on in another zone than it was said in. */
export interface MovedAssignment extends StoredAssignment {
  newZone: string;
  /** The date it is in the new zone. */
  today: string;
}

/** Assignments that still count and whose person's site has another zone by now, locked: of some people, or of everybody at a site. */
export async function lockMovedAssignments(
  tx: Tx,
  whose: { employeeId: string } | { siteId: string },
): Promise<MovedAssignment[]> {
  const today = tx`(now() at time zone s.zone)::date`;
  return tx<MovedAssignment[]>`
    select a.id, a.employee_id as "employeeId", a.kind, a.shift_type_id as "shiftTypeId", a.weekdays,
      a.rotation_id as "rotationId", a.rotation_offset as offset, a.from_date as from, a.to_date as to, a.zone, a.version,
      s.zone as "newZone", ${today} as today
    from shift_assignments a join people p on p.id = a.employee_id join sites s on s.id = p.site_id
    where ${'siteId' in whose ? tx`p.site_id = ${whose.siteId}` : tx`p.id = ${whose.employeeId}`}
      and a.zone <> s.zone and (a.to_date is null or a.to_date >= ${today})
    order by a.id for update of a`;
}

/** Lets assignments that have not begun count in the new zone from the start. */
export async function rezoneAssignments(tx: Tx, moved: readonly MovedAssignment[]): Promise<void> {
  await tx`
    update shift_assignments a set zone = i.zone, version = a.version + 1
    from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ newZone }) => newZone)}::text[]) as i (id, zone)
    where a.id = i.id`;
}

/** Ends assignments that have begun the day before, and lets another go on from there in the new zone. */
export async function splitAssignments(
  tx: Tx,
  moved: readonly (MovedAssignment & { nextId: string })[],
): Promise<void> {
  const rows = JSON.stringify(moved.map(({ id, nextId, today, newZone, to }) => ({ id, nextId, today, newZone, to })));
  const input = tx`json_to_recordset(${rows}::text::json) as i (id uuid, "nextId" uuid, today date, "newZone" text, "to" date)`;
  await tx`
    update shift_assignments a set to_date = i.today - 1, version = a.version + 1 from ${input} where a.id = i.id`;
  await tx`
    insert into shift_assignments (id, employee_id, kind, shift_type_id, weekdays, rotation_id, rotation_offset, from_date,
      to_date, zone, version)
    select i."nextId", a.employee_id, a.kind, a.shift_type_id, a.weekdays, a.rotation_id, a.rotation_offset, i.today, i."to",
      i."newZone", 1
    from ${input} join shift_assignments a on a.id = i.id`;
}

/** Lets days to come that were published at a site count in the zone it has by now. Returns whose and which. */
export async function rezoneRosterDays(
  tx: Tx,
  siteId: string,
): Promise<{ employeeId: string; from: string; to: string }[]> {
  return tx<{ employeeId: string; from: string; to: string }[]>`
    with rezoned as (
      update roster_days d set zone = s.zone, version = d.version + 1 from sites s
      where s.id = ${siteId} and d.site_id = s.id and d.zone <> s.zone and d.date >= (now() at time zone s.zone)::date
      returning d.employee_id, d.date
    )
    select employee_id as "employeeId", min(date) as from, max(date) as to from rezoned group by employee_id`;
}

/** The site where a person counts, null for somebody who is not there any more; undefined for nobody known. Locked. */
export async function lockPlaceOf(tx: Tx, employeeId: string): Promise<string | null | undefined> {
  const [row] = await tx<{ siteId: string | null }[]>`
    select case when status = 'active' then site_id end as "siteId" from people where id = ${employeeId} for update`;
  return row?.siteId;
}
