import type { Db } from '@muster/db';

export interface Employment {
  employeeId: string;
  /** First day of work; null: not known, or always. */
  hiredOn: string | null;
  /** When they were deleted, Unix milliseconds. */
  leftAtMs: number | null;
  /** Of their site; null while its own event has not arrived. */
  zone: string | null;
}

/** When people began and ended, by person; who is not projected yet is missing. */
export async function findEmployment(sql: Db, employeeIds: readonly string[]): Promise<Map<string, Employment>> {
  const rows = await sql<(Omit<Employment, 'leftAtMs'> & { leftAt: Date | null })[]>`
    select p.id as "employeeId", p.hired_on as "hiredOn", p.left_at as "leftAt", s.zone
    from unnest(${employeeIds as string[]}::uuid[]) as i (id) join people p on p.id = i.id
    left join sites s on s.id = p.site_id`;
  return new Map(rows.map(({ leftAt, ...row }) => [row.employeeId, { ...row, leftAtMs: leftAt?.getTime() ?? null }]));
}
