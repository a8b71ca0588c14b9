import type { Db } from '@muster/db';

/** Queues days that time alone changes by now (`untilMs`, Unix milliseconds, excluded), and forgets that they were due. */
export async function queueDueDays(sql: Db, untilMs: number, limit: number): Promise<number> {
  const { count } = await sql`
    with due as (
      select employee_id, date from attendance_days where due_at < ${new Date(untilMs)}
      order by due_at limit ${limit} for update skip locked
    ), seen as (
      update attendance_days d set due_at = null from due where d.employee_id = due.employee_id and d.date = due.date
    )
    insert into day_queue (employee_id, from_date, to_date) select employee_id, date, date from due`;
  return count;
}
