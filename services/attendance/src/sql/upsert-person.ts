import type { PersonSnapshot } from '@muster/contracts';
import type { Db } from '@muster/db';

// An erasure leaves words where a date was.
const isDate = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Projects a person. An event older than what is known changes nothing, so order and repetition do not matter. `at`: when it
 * happened; a person who is deleted was employed until then.
 */
export async function upsertPerson(
  sql: Db,
  id: string,
  version: number,
  person: PersonSnapshot,
  at: string,
): Promise<void> {
  const hiredOn = person.hiredOn !== null && isDate.test(person.hiredOn) ? person.hiredOn : null;
  await sql`
    insert into people (id, name, role, department, site_id, manager_id, work_id, status, version, hired_on, left_at,
      employment_known)
    values (${id}, ${person.name}, ${person.role}, ${person.department}, ${person.siteId}, ${person.managerId},
      ${person.workId}, ${person.status}, ${version}, ${hiredOn}, ${person.status === 'deleted' ? at : null}, true)
    on conflict (id) do update set name = excluded.name, role = excluded.role, department = excluded.department,
      site_id = excluded.site_id, manager_id = excluded.manager_id, work_id = excluded.work_id,
      status = excluded.status, version = excluded.version, hired_on = excluded.hired_on, left_at = excluded.left_at,
      employment_known = true
    where people.version < excluded.version`;
}
