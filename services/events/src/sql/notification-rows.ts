import type { Db, Tx } from '@muster/db';

export interface NotificationRow {
  id: string;
  userId: string;
  seq: number;
  type: string;
  title: string;
  data: Record<string, unknown>;
  live: boolean;
  createdAt: Date;
  readAt: Date | null;
}

export type NewNotification = Omit<NotificationRow, 'createdAt' | 'readAt'>;

/** Reserves `count` sequence numbers for each user; returns the last number each had before. */
export async function reserveSeqs(tx: Tx, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  // One order for everybody, or two writers could wait for each other.
  const users = [...counts.keys()].sort();
  const rows = await tx<{ user_id: string; last_seq: number }[]>`
    insert into notification_feeds as feed (user_id, last_seq)
    select user_id, added from unnest(${users}::uuid[], ${users.map((user) => counts.get(user) ?? 0)}::bigint[])
      as reserved (user_id, added)
    on conflict (user_id) do update set last_seq = feed.last_seq + excluded.last_seq
    returning user_id, last_seq
  `;
  return new Map(rows.map((row) => [row.user_id, row.last_seq - (counts.get(row.user_id) ?? 0)]));
}

/** Inserts notifications in one statement. */
export async function insertNotifications(tx: Tx, rows: readonly NewNotification[], createdAt: string): Promise<void> {
  await tx`
    insert into notifications (id, user_id, seq, type, title, data, live, created_at)
    select id, user_id, seq, type, title, data::json, live, ${createdAt}::timestamptz
    from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.userId)}::uuid[],
      ${rows.map((row) => row.seq)}::bigint[], ${rows.map((row) => row.type)}::text[],
      ${rows.map((row) => row.title)}::text[], ${rows.map((row) => JSON.stringify(row.data))}::text[],
      ${rows.map((row) => String(row.live))}::text[]::boolean[]
    ) as notification (id, user_id, seq, type, title, data, live)
  `;
}

const columns = (db: Db) =>
  db`id, user_id as "userId", seq, type, title, data, live, created_at as "createdAt", read_at as "readAt"`;

/** One page of a user's notifications, newest first, and how many there are of that kind. */
export async function listNotificationRows(
  db: Db,
  userId: string,
  { page, limit, isRead }: { page: number; limit: number; isRead: boolean | undefined },
): Promise<{ rows: NotificationRow[]; total: number }> {
  const filter = isRead === undefined ? db`` : isRead ? db`and read_at is not null` : db`and read_at is null`;
  const [rows, counted] = await Promise.all([
    db<NotificationRow[]>`
      select ${columns(db)} from notifications where user_id = ${userId} ${filter}
      order by seq desc limit ${limit} offset ${(page - 1) * limit}
    `,
    db<{ total: number }[]>`select count(*) as total from notifications where user_id = ${userId} ${filter}`,
  ]);
  return { rows: [...rows], total: counted[0]?.total ?? 0 };
}

/** A user's own notification, or undefined. */
export async function findNotification(db: Db, userId: string, id: string): Promise<NotificationRow | undefined> {
  const [row] = await db<NotificationRow[]>`
    select ${columns(db)} from notifications where id = ${id} and user_id = ${userId}
  `;
  return row;
}

/** What each user missed: up to `limit` rows after the given sequence number, in order. */
export async function listNotificationsAfter(
  db: Db,
  after: ReadonlyMap<string, number>,
  limit: number,
): Promise<NotificationRow[]> {
  return await db<NotificationRow[]>`
    select missed.* from unnest(${[...after.keys()]}::uuid[], ${[...after.values()]}::bigint[]) as feed (user_id, seq)
    cross join lateral (
      select ${columns(db)} from notifications
      where notifications.user_id = feed.user_id and notifications.seq > feed.seq
      order by notifications.seq limit ${limit}
    ) as missed
    order by missed."userId", missed.seq
  `;
}

/** The last sequence number given to each of these users; 0 where none was. */
export async function lastSeqs(db: Db, userIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db<{ user_id: string; last_seq: number }[]>`
    select user_id, coalesce(last_seq, 0) as last_seq
    from unnest(${[...userIds]}::uuid[]) as wanted (user_id) left join notification_feeds using (user_id)
  `;
  return new Map(rows.map((row) => [row.user_id, row.last_seq]));
}

/** How many unread notifications each of these users has. */
export async function unreadCounts(db: Db, userIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db<{ user_id: string; count: number }[]>`
    select wanted.user_id, (
      select count(*) from notifications where notifications.user_id = wanted.user_id and read_at is null
    ) as count
    from unnest(${[...userIds]}::uuid[]) as wanted (user_id)
  `;
  return new Map(rows.map((row) => [row.user_id, row.count]));
}
