import type { Db } from '@muster/db';

export interface DaySums {
  workedMinutes: number;
  lateMinutes: number;
  earlyExitMinutes: number;
}

/** What one person's stored days from `from` to `to` come to. Whole minutes, rounded down once. */
export async function sumDays(sql: Db, where: { employeeId: string; from: string; to: string }): Promise<DaySums> {
  const [sums] = await sql<[DaySums]>`
    select coalesce(sum(worked_ms) / 60000, 0)::int as "workedMinutes",
      coalesce(sum(late_minutes), 0)::int as "lateMinutes",
      coalesce(sum(early_exit_minutes), 0)::int as "earlyExitMinutes"
    from attendance_days
    where employee_id = ${where.employeeId} and date between ${where.from} and ${where.to}`;
  return sums;
}
