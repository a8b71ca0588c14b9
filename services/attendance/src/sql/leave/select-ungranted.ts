import type { Db } from '@muster/db';

/** Active people after an id, in order, who were not granted a leave year of a type; who is hired after it is left out. */
export async function selectUngranted(
  sql: Db,
  f: { typeId: string; leaveYear: string; yearEnd: string; after: string; limit: number },
): Promise<{ id: string; hiredOn: string | null }[]> {
  return sql<{ id: string; hiredOn: string | null }[]>`
    select p.id, p.hired_on as "hiredOn" from people p
    where p.id > ${f.after} and p.status = 'active' and (p.hired_on is null or p.hired_on <= ${f.yearEnd})
      and not exists (
        select from leave_entries e where e.employee_id = p.id and e.type_id = ${f.typeId}
          and e.leave_year = ${f.leaveYear} and e.kind = 'ENTITLEMENT'
      )
    order by p.id limit ${f.limit}`;
}
