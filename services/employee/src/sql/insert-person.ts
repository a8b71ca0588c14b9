import type { Tx } from '@muster/db';
import type { CreationKey } from '../domain/creation-key.ts';
import type { Person } from '../domain/person.ts';
import { searchText } from '../domain/search-text.ts';

/** Inserts a person. Throws the unique violations `people_email`, `people_work_id`, `people_creation_key`. */
export async function insertPerson(tx: Tx, person: Person, creation?: CreationKey): Promise<void> {
  const search = searchText(person);
  await tx`
    insert into people (id, version, state, email, name, role, position, phone, work_id, department_id, site_id,
      manager_id, hired_on, search, search_public, position_key, creation_key, creation_hash, created_at, updated_at)
    values (${person.id}, ${person.version}, ${person.state}, ${person.email}, ${person.name}, ${person.role},
      ${person.position}, ${person.phone}, ${person.workId}, ${person.departmentId}, ${person.siteId},
      ${person.managerId}, ${person.hiredOn}, ${search.all}, ${search.public}, ${search.positionKey},
      ${creation?.key ?? null}, ${creation?.hash ?? null}, ${person.createdAt}, ${person.updatedAt})
  `;
}
