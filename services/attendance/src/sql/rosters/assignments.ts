import type { Db, Tx } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

/** Who works a shift type or a rotation, from a date on. Dates are local, `to` included. */
export interface StoredAssignment {
  id: string;
  employeeId: string;
  kind: 'ASSIGNMENT' | 'DEFAULT';
  shiftTypeId: string | null;
  weekdays: number[] | null;
  rotationId: string | null;
  offset: number;
  from: string;
  to: string | null;
  zone: string;
  version: number;
}

const columns = (
  db: Db,
) => db`a.id, a.employee_id as "employeeId", a.kind, a.shift_type_id as "shiftTypeId", a.weekdays,
  a.rotation_id as "rotationId", a.rotation_offset as offset, a.from_date as from, a.to_date as to, a.zone, a.version`;

/** Adds an assignment. Another of its kind on one of its dates refuses it (`shift_assignments_once`). */
export async function insertAssignment(tx: Tx, a: StoredAssignment): Promise<void> {
  await tx`
    insert into shift_assignments (id, employee_id, kind, shift_type_id, weekdays, rotation_id, rotation_offset, from_date,
      to_date, zone, version)
    values (${a.id}, ${a.employeeId}, ${a.kind}, ${a.shiftTypeId}, ${a.weekdays}::smallint[], ${a.rotationId}, ${a.offset},
      ${a.from}, ${a.to}, ${a.zone}, ${a.version})`;
}

/** One assignment; undefined when there is none. */
export async function findAssignment(db: Db, id: string): Promise<StoredAssignment | undefined> {
  const [row] = await db<StoredAssignment[]>`select ${columns(db)} from shift_assignments a where a.id = ${id}`;
  return row;
}

/** One assignment, locked until the transaction ends. */
export async function lockAssignment(tx: Tx, id: string): Promise<StoredAssignment | undefined> {
  const [row] = await tx<StoredAssignment[]>`
    select ${columns(tx)} from shift_assignments a where a.id = ${id} for update`;
  return row;
}

/** Ends an assignment another day (null: until further notice), under its lock. */
export async function endAssignment(tx: Tx, { id, to, version }: StoredAssignment): Promise<void> {
  await tx`update shift_assignments set to_date = ${to}, version = ${version} where id = ${id}`;
}

export async function deleteAssignment(tx: Tx, id: string): Promise<void> {
  await tx`delete from shift_assignments where id = ${id}`;
}

/** Assignments of one person, or of everybody in sight, the latest first; and how many there are in all. */
export async function listAssignments(
  db: Db,
  o: { employeeId: string | undefined; managerId: string | undefined; limit: number; offset: number },
): Promise<{ assignments: StoredAssignment[]; total: number }> {
  const which = db`
    ${o.employeeId === undefined ? db`` : db`and a.employee_id = ${o.employeeId}`}
    ${o.managerId === undefined ? db`` : db`and a.employee_id in (select id from below)`}`;
  const below = o.managerId === undefined ? db`` : peopleBelow(db, o.managerId);
  const assignments = await db<StoredAssignment[]>`
    ${below} select ${columns(db)} from shift_assignments a where true ${which}
    order by a.id desc limit ${o.limit} offset ${o.offset}`;
  const [count] = await db<[{ total: number }]>`
    ${below} select count(*)::int as total from shift_assignments a where true ${which}`;
  return { assignments, total: count.total };
}
