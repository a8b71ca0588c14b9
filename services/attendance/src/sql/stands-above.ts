import type { Db } from '@muster/db';

/** True when `managerId` manages the person, directly or through other managers. A circle in the projection ends by itself. */
export async function standsAbove(sql: Db, managerId: string, personId: string): Promise<boolean> {
  const [row] = await sql<{ above: boolean }[]>`
    with recursive above (id) as (
      select manager_id from people where id = ${personId} and manager_id is not null
      union
      select p.manager_id from people p join above on p.id = above.id where p.manager_id is not null
    )
    select exists (select from above where id = ${managerId}) as above`;
  return row?.above ?? false;
}
