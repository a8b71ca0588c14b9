import type { Db } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { type PersonRow, personColumns, toPerson } from './person-row.ts';

export interface PeopleFilter {
  /** LIKE pattern over the folded text. */
  pattern?: string | undefined;
  /** Search e-mail and work id too, not only name and position. */
  searchAll: boolean;
  positionKey?: string | undefined;
  departmentKey?: string | undefined;
  siteId?: string | undefined;
  role?: string | undefined;
  limit: number;
  offset: number;
}

/** Active people, newest first, and how many there are in all. */
export async function listPeople(db: Db, filter: PeopleFilter): Promise<{ people: Person[]; total: number }> {
  const where = conditions(db, filter);
  const [rows, [count]] = await Promise.all([
    db<PersonRow[]>`
      select ${personColumns(db)} from people p left join departments d on d.id = p.department_id
      where ${where} order by p.created_at desc, p.id desc limit ${filter.limit} offset ${filter.offset}
    `,
    db<{ total: number }[]>`select count(*)::int as total from people p where ${where}`,
  ]);
  return { people: rows.map(toPerson), total: count?.total ?? 0 };
}

function conditions(db: Db, filter: PeopleFilter) {
  const { pattern, searchAll, positionKey, departmentKey, siteId, role } = filter;
  const column = searchAll ? db`p.search` : db`p.search_public`;
  return db`p.state = 'active'
    ${pattern === undefined ? db`` : db`and ${column} like ${pattern}`}
    ${positionKey === undefined ? db`` : db`and p.position_key = ${positionKey}`}
    ${
      departmentKey === undefined
        ? db``
        : db`and p.department_id in (select id from departments where name_key = ${departmentKey} and deleted_at is null)`
    }
    ${siteId === undefined ? db`` : db`and p.site_id = ${siteId}`}
    ${role === undefined ? db`` : db`and p.role = ${role}`}`;
}
