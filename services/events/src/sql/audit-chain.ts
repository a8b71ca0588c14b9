import type { Db } from '@muster/db';
import type { StoredEnd, StoredEntry } from '../domain/chain-check.ts';
import type { SignedHead } from '../domain/signed-head.ts';

/** The head row, and the last entry there is, as of one moment. Unsigned only while the log is empty. */
export async function readChainEnd(db: Db): Promise<StoredEnd> {
  const [row] = await db<(Omit<StoredEnd, 'signedAt'> & { signedAt: Date | null })[]>`
    select seq, hash, signed_at as "signedAt", key_id as "keyId", signature,
      (select coalesce(max(seq), 0) from audit_entries) as "lastEntry",
      (select coalesce(max(seq), 0) from audit_checkpoints) as "lastCheckpoint"
    from audit_head
  `;
  if (row === undefined) throw new Error('audit_head has no row');
  return { ...row, signedAt: row.signedAt?.toISOString() ?? null };
}

/** The next entries after `seq`, in order. */
export async function listChainRows(db: Db, after: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db<(Omit<StoredEntry, 'occurredAt' | 'recordedAt'> & { occurredAt: Date; recordedAt: Date })[]>`
    select seq, id, event_type as "eventType", occurred_at as "occurredAt", recorded_at as "recordedAt",
      user_id as "userId", entity_type as "entityType", entity_id as "entityId", person_id as "personId", leaf, hash, payload, salt
    from audit_entries where seq > ${after} order by seq limit ${limit}
  `;
  return rows.map((row) => ({
    ...row,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  }));
}

/** Heads kept between `after` (exclusive) and `to` (inclusive). */
export async function listCheckpoints(db: Db, after: number, to: number): Promise<SignedHead[]> {
  const rows = await db<(Omit<SignedHead, 'signedAt'> & { signedAt: Date })[]>`
    select seq, hash, signed_at as "signedAt", key_id as "keyId", signature from audit_checkpoints
    where seq > ${after} and seq <= ${to} order by seq
  `;
  return rows.map((row) => ({ ...row, signedAt: row.signedAt.toISOString() }));
}
