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

interface ChainRow extends Omit<StoredEntry, 'occurredAt' | 'recordedAt' | 'redaction'> {
  occurredAt: Date;
  recordedAt: Date;
  /** Those of the redaction are all null where there is none. */
  left: string | null;
  redactedAt: Date;
  keyId: string;
  signature: Buffer;
}

/** The next entries after `seq`, in order. */
export async function listChainRows(db: Db, after: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db<ChainRow[]>`
    select e.seq, e.id, e.event_type as "eventType", e.occurred_at as "occurredAt", e.recorded_at as "recordedAt",
      e.user_id as "userId", e.entity_type as "entityType", e.entity_id as "entityId", e.person_id as "personId",
      e.leaf, e.hash, e.payload, e.salt,
      r.payload as left, r.redacted_at as "redactedAt", r.key_id as "keyId", r.signature
    from audit_entries e left join audit_redactions r using (seq)
    where e.seq > ${after} order by e.seq limit ${limit}
  `;
  return rows.map(({ left, redactedAt, keyId, signature, ...row }) => ({
    ...row,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    redaction: left === null ? null : { payload: left, redactedAt: redactedAt.toISOString(), keyId, signature },
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
