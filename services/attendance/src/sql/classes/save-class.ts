import { foldText } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { SchoolClass } from '../../domain/classes/school-class.ts';

/** Writes a class as it is now, new or locked before. Throws the unique violation `classes_name_key`. */
export async function saveClass(tx: Tx, c: SchoolClass, at: Date): Promise<void> {
  await tx`
    insert into classes (id, name, name_key, site_id, version, created_at)
    values (${c.id}, ${c.name}, ${foldText(c.name)}, ${c.siteId}, ${c.version}, ${at})
    on conflict (id) do update
      set name = excluded.name, name_key = excluded.name_key, site_id = excluded.site_id, version = excluded.version`;
  for (const [table, ids] of [
    ['class_teachers', c.teacherIds],
    ['class_members', c.memberIds],
  ] as const) {
    await tx`delete from ${tx(table)} where class_id = ${c.id} and person_id <> all(${ids as string[]}::uuid[])`;
    await tx`
      insert into ${tx(table)} (class_id, person_id) select ${c.id}, i from unnest(${ids as string[]}::uuid[]) i
      on conflict do nothing`;
  }
}

/** Hides a class; its marks stay. */
export async function hideClass(tx: Tx, id: string, at: Date): Promise<void> {
  await tx`update classes set deleted_at = ${at}, version = version + 1 where id = ${id}`;
}
