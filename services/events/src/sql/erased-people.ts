import type { Db, Tx } from '@muster/db';

/** How far the erasure of a person has come through what was written before it. */
export interface ErasureProgress {
  auditSeq: number;
  notificationId: string;
}

/** Notes that a person is erased from now on; what was noted before stays. Give it the locked end of the audit log. */
export async function markErased(tx: Tx, personId: string, at: string): Promise<ErasureProgress> {
  await tx`insert into erased_people (person_id, erased_at) values (${personId}, ${at}) on conflict do nothing`;
  const [row] = await tx<ErasureProgress[]>`
    select audit_seq as "auditSeq", notification_id as "notificationId" from erased_people where person_id = ${personId}
  `;
  if (row === undefined) throw new Error('the erasure was not noted');
  return row;
}

/** Which of these people were erased. */
export async function findErased(db: Db, personIds: readonly string[]): Promise<string[]> {
  const rows = await db<{ person_id: string }[]>`
    select person_id from erased_people where person_id = any(${personIds as string[]}::uuid[])
  `;
  return rows.map((row) => row.person_id);
}

/** Entries up to `auditSeq` are done. */
export async function saveAuditProgress(tx: Tx, personId: string, auditSeq: number): Promise<void> {
  await tx`update erased_people set audit_seq = ${auditSeq} where person_id = ${personId}`;
}

/** Notifications up to `notificationId` are done. */
export async function saveNotificationProgress(tx: Tx, personId: string, notificationId: string): Promise<void> {
  await tx`update erased_people set notification_id = ${notificationId} where person_id = ${personId}`;
}

/** Nothing written before the erasure is left to do. */
export async function markErasureDone(db: Db, personId: string, at: string): Promise<void> {
  await db`update erased_people set done_at = coalesce(done_at, ${at}) where person_id = ${personId}`;
}
