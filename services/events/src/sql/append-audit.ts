import type { Tx } from '@muster/db';
import type { ChainedEntry } from '../domain/chain-entries.ts';
import type { SignedHead } from '../domain/signed-head.ts';

/**
 * Locks the end of the chain until the transaction ends and returns it. Whoever appends must call it first. Table scans are
 * off from here on: a plan made while the tables were empty would be kept for the whole first burst.
 */
export async function lockHead(tx: Tx): Promise<{ seq: number; hash: Buffer }> {
  const [head] = await tx<{ seq: number; hash: Buffer }[]>`
    select seq, hash, set_config('enable_seqscan', 'off', true) from audit_head for update
  `;
  if (head === undefined) throw new Error('audit_head has no row');
  return head;
}

/** Which of these events have an entry. The inbox forgets after some days, the log never. */
export async function findAudited(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`select id from audit_entries where id = any(${[...ids]}::uuid[])`;
  return new Set(rows.map((row) => row.id));
}

/** Inserts chained entries in one statement. */
export async function insertAuditRows(tx: Tx, rows: readonly ChainedEntry[], recordedAt: string): Promise<void> {
  await tx`
    insert into audit_entries (seq, id, event_type, occurred_at, recorded_at, user_id, entity_type, entity_id, person_id,
      leaf, hash, payload, salt)
    select seq, id, event_type, occurred_at, ${recordedAt}::timestamptz, user_id, entity_type, entity_id, person_id,
      decode(leaf, 'hex'), decode(hash, 'hex'), payload, decode(salt, 'hex')
    from unnest(
      ${rows.map((row) => row.seq)}::bigint[], ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.eventType)}::text[], ${rows.map((row) => row.occurredAt)}::timestamptz[],
      ${rows.map((row) => row.userId)}::uuid[], ${rows.map((row) => row.entityType)}::text[],
      ${rows.map((row) => row.entityId)}::uuid[], ${rows.map((row) => row.personId)}::uuid[],
      ${rows.map((row) => row.leaf.toString('hex'))}::text[], ${rows.map((row) => row.hash.toString('hex'))}::text[],
      ${rows.map((row) => row.payload)}::text[], ${rows.map((row) => row.salt.toString('hex'))}::text[]
    ) as entry (seq, id, event_type, occurred_at, user_id, entity_type, entity_id, person_id, leaf, hash, payload, salt)
  `;
}

/** Moves the end of the chain. */
export async function updateHead(tx: Tx, head: SignedHead): Promise<void> {
  await tx`
    update audit_head set seq = ${head.seq}, hash = ${head.hash}, signed_at = ${head.signedAt}::timestamptz,
      key_id = ${head.keyId}, signature = ${head.signature}
  `;
}

/** Keeps a head for good when the last one kept is over ten seconds old, so that cutting the tail off shows. */
export async function insertCheckpointAtTimes(tx: Tx, head: SignedHead): Promise<void> {
  await tx`
    insert into audit_checkpoints (seq, hash, signed_at, key_id, signature)
    select ${head.seq}, ${head.hash}, ${head.signedAt}::timestamptz, ${head.keyId}, ${head.signature}
    where not exists (
      select from (select signed_at from audit_checkpoints order by seq desc limit 1) as latest
      where latest.signed_at > ${head.signedAt}::timestamptz - interval '10 seconds'
    )
  `;
}

/** Adds to the running totals by event type. */
export async function addCounts(tx: Tx, counts: ReadonlyMap<string, number>): Promise<void> {
  await tx`
    insert into audit_counts (event_type, total)
    select event_type, added from unnest(${[...counts.keys()]}::text[], ${[...counts.values()]}::bigint[])
      as count (event_type, added)
    on conflict (event_type) do update set total = audit_counts.total + excluded.total
  `;
}
