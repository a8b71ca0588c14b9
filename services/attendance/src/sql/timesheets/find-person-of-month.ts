import type { Db } from '@muster/db';

export interface PersonOfMonth {
  name: string | null;
  workId: string | null;
  siteId: string | null;
  department: string | null;
  locked: boolean;
}

/** Who somebody is, and whether the month that begins on `first` is closed for them. Whose events have not arrived has no name yet. */
export async function findPersonOfMonth(sql: Db, employeeId: string, first: string): Promise<PersonOfMonth> {
  const [row] = await sql<[PersonOfMonth]>`
    select p.name, p.work_id as "workId", p.site_id as "siteId", p.department,
      exists (select from locked_months l where l.employee_id = i.id and l.month = ${first}::date) as locked
    from (select ${employeeId}::uuid as id) i left join people p on p.id = i.id`;
  return row;
}
