import type { Db } from '@muster/db';
import type { SignedHead } from '../domain/signed-head.ts';

export interface ChainRow {
  seq: number;
  id: string;
  eventType: string;
  occurredAt: Date;
  userId: string | null;
  entityType: string;
  entityId: string | null;
  personId: string | null;
  leaf: Buffer;
  hash: Buffer;
  payload: string | null;
  salt: Buffer | null;
}

/** The head row, and the last entry there is, as of one moment. Unsigned only while the log is empty. */
export interface ChainEnd {
  seq: number;
  hash: Buffer;
  signedAt: Date | null;
  keyId: string | null;
  signature: Buffer | null;
  lastEntry: number;
}

/** Reads the end of the chain. */
export async function readChainEnd(db: Db): Promise<ChainEnd> {
  const [row] = await db<ChainEnd[]>`
    select seq, hash, signed_at as "signedAt", key_id as "keyId", signature,
      (select coalesce(max(seq), 0) from audit_entries) as "lastEntry"
    from audit_head
  `;
  if (row === undefined) throw new Error('audit_head has no row');
  return row;
}

/** The next entries after `seq`, in order. */
export async function listChainRows(db: Db, after: number, limit: number): Promise<ChainRow[]> {
  return await db<ChainRow[]>`
    select seq, id, event_type as "eventType", occurred_at as "occurredAt", user_id as "userId",
      entity_type as "entityType", entity_id as "entityId", person_id as "personId", leaf, hash, payload, salt
    from audit_entries where seq > ${after} order by seq limit ${limit}
  `;
}

/** Heads kept between `after` (exclusive) and `to` (inclusive). */
export async function listCheckpoints(db: Db, after: number, to: number): Promise<SignedHead[]> {
  const rows = await db<(Omit<SignedHead, 'signedAt'> & { signedAt: Date })[]>`
    select seq, hash, signed_at as "signedAt", key_id as "keyId", signature from audit_checkpoints
    where seq > ${after} and seq <= ${to} order by seq
  `;
  return rows.map((row) => ({ ...row, signedAt: row.signedAt.toISOString() }));
}

/** The last head that was ever kept; 0 before the first. */
export async function lastCheckpoint(db: Db): Promise<number> {
  const [row] = await db<{ seq: number }[]>`select coalesce(max(seq), 0) as seq from audit_checkpoints`;
  return row?.seq ?? 0;
}
