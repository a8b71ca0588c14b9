import type { Db, Tx } from '@muster/db';
import type { Sums } from '../../domain/timesheets/sums.ts';

/** A person's closed totals; `sums` are the bytes that were written. */
export interface Snapshot {
  employeeId: string;
  department: string | null;
  sums: Sums;
}

/** Writes totals of people of a close, byte for byte. */
export async function insertSnapshots(tx: Tx, lockId: string, people: readonly Snapshot[]): Promise<void> {
  const rows = people.map(({ employeeId, department, sums }) => ({
    employee_id: employeeId,
    department,
    totals: JSON.stringify(sums),
  }));
  await tx`
    insert into timesheets (lock_id, employee_id, department, totals)
    select ${lockId}, employee_id, department, totals
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (employee_id uuid, department text, totals text)`;
}

/** Totals of a close in order of id, behind `after`. */
export async function listSnapshots(sql: Db, lockId: string, after: string, limit: number): Promise<Snapshot[]> {
  const rows = await sql<{ employeeId: string; department: string | null; totals: string }[]>`
    select employee_id as "employeeId", department, totals from timesheets
    where lock_id = ${lockId} and employee_id > ${after} order by employee_id limit ${limit}`;
  return rows.map(({ totals, ...row }) => ({ ...row, sums: JSON.parse(totals) as Sums }));
}
