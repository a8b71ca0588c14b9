import type { PersonSnapshot } from '@muster/contracts';
import type { Db } from '@muster/db';

/** Projects a person. An event older than what is known changes nothing, so order and repetition do not matter. */
export async function upsertPerson(sql: Db, id: string, version: number, person: PersonSnapshot): Promise<void> {
  await sql`
    insert into people (id, name, role, department, site_id, manager_id, work_id, status, version)
    values (${id}, ${person.name}, ${person.role}, ${person.department}, ${person.siteId}, ${person.managerId},
      ${person.workId}, ${person.status}, ${version})
    on conflict (id) do update set name = excluded.name, role = excluded.role, department = excluded.department,
      site_id = excluded.site_id, manager_id = excluded.manager_id, work_id = excluded.work_id,
      status = excluded.status, version = excluded.version
    where people.version < excluded.version`;
}
