import type { Db } from '@muster/db';

/** Those among `ids` who stand below this manager, directly or through other managers. */
export async function findReports(db: Db, managerId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db<{ person: string }[]>`
    with recursive above (person, id) as (
      select p.id, p.manager_id from people p where p.id = any(${ids as string[]}::uuid[]) and p.manager_id is not null
      union
      select above.person, p.manager_id from people p join above on p.id = above.id where p.manager_id is not null
    )
    select person from above where id = ${managerId}
  `;
  return new Set(rows.map(({ person }) => person));
}
