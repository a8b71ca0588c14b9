import type { Db, Tx } from '@muster/db';

/** Notes objects that nobody points to (any more, or yet): the sweep deletes them after `deleteAfter`. */
export async function insertPhotoGarbage(db: Db, keys: string[], deleteAfter: string): Promise<void> {
  await db`
    insert into photo_garbage (key, delete_after)
    select key, ${deleteAfter} from unnest(${keys}::text[]) as garbage (key)
    on conflict (key) do nothing
  `;
}

/** The person points at them from now on. False when the sweep has begun to delete one: then they must not be used. */
export async function keepPhotoObjects(tx: Tx, keys: string[]): Promise<boolean> {
  const rows = await tx`delete from photo_garbage where key = any(${keys}) and attempts = 0 returning key`;
  return rows.length === keys.length;
}

/** Takes objects that are due and puts their next try off, so that another process does not take them too. */
export async function claimPhotoGarbage(db: Db, o: { now: string; retryAt: string; limit: number }): Promise<string[]> {
  const rows = await db<{ key: string }[]>`
    update photo_garbage set attempts = attempts + 1, delete_after = ${o.retryAt}
    where key in (
      select key from photo_garbage where delete_after <= ${o.now}
      order by delete_after limit ${o.limit} for update skip locked
    )
    returning key
  `;
  return rows.map((row) => row.key);
}

/** The object is gone from the store. */
export async function deletePhotoGarbage(db: Db, key: string): Promise<void> {
  await db`delete from photo_garbage where key = ${key}`;
}

/** Everything noted under this prefix goes at that time; what is being deleted already is left alone. */
export async function dropGarbageAt(db: Db, prefix: string, at: string): Promise<void> {
  await db`update photo_garbage set delete_after = ${at} where starts_with(key, ${prefix}) and delete_after > ${at}`;
}
