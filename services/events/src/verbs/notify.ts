import type { EventEnvelope } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { v7 } from 'uuid';
import { type Notice, noticeOf } from '../domain/notices.ts';
import { insertNotifications, type NewNotification, reserveSeqs } from '../sql/notification-rows.ts';
import { listPreferences } from '../sql/preferences.ts';
import { listStaff } from '../sql/recipients.ts';

interface Addressed {
  userId: string;
  notice: Notice;
}

/**
 * Stores what these events have to tell, each recipient's in one unbroken sequence, and returns who got something. Part
 * of the caller's transaction, after the projections: who became an administrator in this very flight is told.
 */
export async function notify(tx: Tx, events: readonly EventEnvelope[], createdAt: string): Promise<string[]> {
  const notices = events.map(noticeOf).filter((notice) => notice !== undefined);
  if (notices.length === 0) return [];
  const staff = notices.some((notice) => notice.audience === 'staff') ? await listStaff(tx) : [];
  const addressed = await withPreferences(
    tx,
    notices.flatMap((notice) => address(notice, staff)),
  );
  if (addressed.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { userId } of addressed) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  const last = await reserveSeqs(tx, counts);
  const rows: NewNotification[] = addressed.map(({ userId, notice, live }) => {
    const seq = (last.get(userId) ?? 0) + 1;
    last.set(userId, seq);
    return { id: v7(), userId, seq, type: notice.kind, title: notice.title, data: notice.data, live };
  });
  await insertNotifications(tx, rows, createdAt);
  return [...counts.keys()];
}

const address = (notice: Notice, staff: readonly string[]): Addressed[] =>
  notice.audience === 'staff'
    ? staff.map((userId) => ({ userId, notice }))
    : [{ userId: notice.audience.userId.toLowerCase(), notice }];

async function withPreferences(tx: Tx, addressed: Addressed[]): Promise<(Addressed & { live: boolean })[]> {
  const users = [...new Set(addressed.map(({ userId }) => userId))];
  const kinds = [...new Set(addressed.map(({ notice }) => notice.kind))];
  const set = users.length === 0 ? [] : await listPreferences(tx, users, kinds);
  const byKey = new Map(set.map((preference) => [`${preference.userId} ${preference.kind}`, preference]));
  return addressed.flatMap((one) => {
    const preference = byKey.get(`${one.userId} ${one.notice.kind}`);
    return preference?.inApp === false ? [] : [{ ...one, live: preference?.live ?? true }];
  });
}
