import type { Tx } from '@muster/db';
import type { SchoolClass } from '../../domain/classes/school-class.ts';

/** A class that was not deleted, with everybody in it, held until the transaction ends. */
export async function lockClass(tx: Tx, id: string): Promise<SchoolClass | undefined> {
  const [row] = await tx<Pick<SchoolClass, 'id' | 'name' | 'siteId' | 'version'>[]>`
    select id, name, site_id as "siteId", version from classes where id = ${id} and deleted_at is null for update`;
  if (row === undefined) return undefined;
  // A look of its own: what was committed while we waited for the lock is seen.
  const [people] = await tx<Pick<SchoolClass, 'teacherIds' | 'memberIds'>[]>`
    select array(select person_id from class_teachers where class_id = ${id} order by 1) as "teacherIds",
      array(select person_id from class_members where class_id = ${id} order by 1) as "memberIds"`;
  return { ...row, teacherIds: people?.teacherIds ?? [], memberIds: people?.memberIds ?? [] };
}
