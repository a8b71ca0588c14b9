import type { Db, Tx } from '@muster/db';

/** Notes when a person was erased, with the version that tells of it. */
export async function markErasedPerson(tx: Tx, id: string, version: number, at: string): Promise<void> {
  await tx`
    update people set erased_at = ${at}, deleted_at = coalesce(deleted_at, ${at}), updated_at = ${at}, version = ${version}
    where id = ${id}
  `;
}

/** Whether this person was erased. */
export async function isErased(db: Db, id: string): Promise<boolean> {
  const [row] = await db<{ erased: boolean }[]>`select erased_at is not null as erased from people where id = ${id}`;
  return row?.erased ?? false;
}
