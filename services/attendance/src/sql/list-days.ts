import type { Db } from '@muster/db';
import type { AttendanceDay } from '../domain/days/index.ts';

/** A person's stored days between two dates, both included, in order. Dates on which nothing happened are missing. */
export async function listDays(sql: Db, employeeId: string, from: string, to: string): Promise<AttendanceDay[]> {
  const rows = await sql<{ day: string }[]>`
    select day from attendance_days
    where employee_id = ${employeeId} and date between ${from} and ${to} order by date`;
  return rows.map(({ day }) => JSON.parse(day) as AttendanceDay);
}
