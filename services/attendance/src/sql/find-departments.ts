import { foldText } from '@muster/contracts';
import type { Db } from '@muster/db';

/**
 * The departments people are in whose name reads as this one, whatever its case and accents; as they are spelt here. One
 * index step a department, however many people there are.
 */
export async function findDepartments(sql: Db, name: string): Promise<string[]> {
  const rows = await sql<{ department: string }[]>`
    with recursive known as (
      select min(department) as department from people
      union all
      select (select min(department) from people where department > known.department)
      from known where known.department is not null
    )
    select department from known where department is not null`;
  const key = foldText(name);
  return rows.map(({ department }) => department).filter((department) => foldText(department) === key);
}
