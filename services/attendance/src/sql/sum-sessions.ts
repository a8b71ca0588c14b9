import type { Db } from '@muster/db';

export interface SessionSums {
  daysPresent: number;
  sessions: number;
  openSessions: number;
}

/** Counts of one person's sessions on the local days `from`…`to`; ids bound the scan. */
export async function sumSessions(
  sql: Db,
  where: { employeeId: string; from: string; to: string; lowest: string; beyond: string },
): Promise<SessionSums> {
  const [sums] = await sql<[SessionSums]>`
    select count(distinct date)::int as "daysPresent", count(*)::int as sessions,
      (count(*) filter (where check_out_at is null))::int as "openSessions"
    from attendance_sessions
    where employee_id = ${where.employeeId} and id >= ${where.lowest} and id < ${where.beyond}
      and date between ${where.from} and ${where.to}`;
  return sums;
}
