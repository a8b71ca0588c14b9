import type { Db } from '@muster/db';

/**
 * `with recursive below (id)`: a manager and everybody below them, however far down, by an index; `union` ends in a circle, too. Begins a
 * statement.
 */
export const peopleBelow = (sql: Db, managerId: string) => sql`
  with recursive below (id) as (
    select ${managerId}::uuid
    union
    select p.id from people p join below on p.manager_id = below.id
  )`;
