import type { Db } from '@muster/db';

/** Marks the user's unread ones among `ids`. `known`: how many of the ids are the user's at all. */
export async function markRead(
  db: Db,
  userId: string,
  ids: readonly string[],
  readAt: string,
): Promise<{ known: number; marked: number }> {
  const [row] = await db<{ known: number; marked: number }[]>`
    with mine as (
      select id from notifications where user_id = ${userId} and id = any(${[...ids]}::uuid[])
    ), marked as (
      update notifications set read_at = ${readAt}::timestamptz
      where user_id = ${userId} and id in (select id from mine) and read_at is null
        -- A foreign id among them spoils the whole request: nothing is marked.
        and (select count(*) from mine) = ${ids.length}
      returning id
    )
    select (select count(*) from mine) as known, (select count(*) from marked) as marked
  `;
  return row ?? { known: 0, marked: 0 };
}

/** Marks everything the user has not read; returns how many that were. */
export async function markAllRead(db: Db, userId: string, readAt: string): Promise<number> {
  const done = await db`
    update notifications set read_at = ${readAt}::timestamptz where user_id = ${userId} and read_at is null
  `;
  return done.count;
}
