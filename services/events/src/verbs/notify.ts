import type { EventEnvelope } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { v7 } from 'uuid';
import { type Notice, noticesOf } from '../domain/notices.ts';
import { findDirectManagers } from '../sql/managers.ts';
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
  const notices = events.flatMap(noticesOf);
  if (notices.length === 0) return [];
  const addressed = await withPreferences(tx, await address(tx, notices));
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

/** Finds who each notice goes to. Who has no manager is the staff's to look after. */
async function address(tx: Tx, notices: readonly Notice[]): Promise<Addressed[]> {
  const managed = notices.flatMap(({ audience }) => (isManaged(audience) ? [audience.managerOf] : []));
  const managers = managed.length > 0 ? await findDirectManagers(tx, managed) : new Map<string, string>();
  const isForStaff = ({ audience }: Notice): boolean =>
    audience === 'staff' || (isManaged(audience) && !managers.has(audience.managerOf.toLowerCase()));
  const staff = notices.some(isForStaff) ? await listStaff(tx) : [];
  return notices.flatMap((notice) => {
    const { audience } = notice;
    if (isForStaff(notice) || audience === 'staff') return staff.map((userId) => ({ userId, notice }));
    const userIds = isManaged(audience) ? [managers.get(audience.managerOf.toLowerCase()) ?? ''] : audience.userIds;
    return userIds.map((userId) => ({ userId: userId.toLowerCase(), notice }));
  });
}

const isManaged = (audience: Notice['audience']): audience is { managerOf: string } =>
  typeof audience === 'object' && 'managerOf' in audience;

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
