import type { Db } from '@muster/db';
import type { AuditCursor } from '../domain/audit-cursor.ts';

/** An entry as it is read; hashes are left to verification. */
export interface AuditEntryRow {
  seq: number;
  id: string;
  eventType: string;
  occurredAt: Date;
  recordedAt: Date;
  userId: string | null;
  entityType: string;
  entityId: string | null;
  hash: Buffer;
  /** After an erasure: what it left. */
  payload: string | null;
  erased: boolean;
}

export interface AuditFilter {
  userId?: string | undefined;
  eventType?: string | undefined;
  /** The entity itself or the person concerned. */
  entityId?: string | undefined;
  /** Inclusive instant. */
  from?: string | undefined;
  /** Exclusive instant. */
  to?: string | undefined;
}

const columns = (db: Db) => db`
  seq, id, event_type as "eventType", occurred_at as "occurredAt", recorded_at as "recordedAt", user_id as "userId",
  entity_type as "entityType", entity_id as "entityId", hash, payload is null as erased,
  coalesce(payload, (select r.payload from audit_redactions r where r.seq = audit_entries.seq)) as payload
`;

/** Entries newest first, after the cursor: each step reads `limit` rows of an index, at any depth. */
export async function listAuditRows(
  db: Db,
  filter: AuditFilter,
  cursor: AuditCursor | undefined,
  limit: number,
): Promise<AuditEntryRow[]> {
  const { userId, eventType, entityId, from, to } = filter;
  return await db<AuditEntryRow[]>`
    select ${columns(db)} from audit_entries where true
      ${userId === undefined ? db`` : db`and user_id = ${userId}`}
      ${eventType === undefined ? db`` : db`and event_type = ${eventType}`}
      ${entityId === undefined ? db`` : db`and (entity_id = ${entityId} or person_id = ${entityId})`}
      ${from === undefined ? db`` : db`and occurred_at >= ${from}::timestamptz`}
      ${to === undefined ? db`` : db`and occurred_at < ${to}::timestamptz`}
      ${cursor === undefined ? db`` : db`and (occurred_at, seq) < (${cursor.occurredAt}::timestamptz, ${cursor.seq})`}
    order by occurred_at desc, seq desc limit ${limit}
  `;
}

/** The entry of one event, or undefined. */
export async function findAuditRow(db: Db, id: string): Promise<AuditEntryRow | undefined> {
  const [row] = await db<AuditEntryRow[]>`select ${columns(db)} from audit_entries where id = ${id}`;
  return row;
}

/** How many events happened from `from` (inclusive) to `to` (exclusive). */
export async function countAuditRows(db: Db, from: string, to: string): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from audit_entries
    where occurred_at >= ${from}::timestamptz and occurred_at < ${to}::timestamptz
  `;
  return row?.count ?? 0;
}

/** All totals by event type, most frequent first. */
export async function listAuditCounts(db: Db): Promise<{ eventType: string; count: number }[]> {
  return await db<{ eventType: string; count: number }[]>`
    select event_type as "eventType", total as count from audit_counts order by total desc, event_type
  `;
}
