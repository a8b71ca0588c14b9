import type { Tx } from '@muster/db';

/**
 * True when `personId` stands above `managerId`, or is the same: making that one the manager would close a circle.
 * Changes of managers wait for one another, so that two of them cannot close it together.
 */
export async function wouldCircle(tx: Tx, personId: string, managerId: string): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtext('employee.managers'))`;
  const [row] = await tx<{ circle: boolean }[]>`
    with recursive above (id) as (
      select ${managerId}::uuid
      union
      select p.manager_id from people p join above on p.id = above.id where p.manager_id is not null
    )
    select exists (select from above where id = ${personId}) as circle
  `;
  return row?.circle ?? false;
}
