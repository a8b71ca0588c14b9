import type { Tx } from '@muster/db';
import type { SignedRedaction } from '../domain/signed-redaction.ts';

/** An entry of a person, with what it says now: its own payload, or what an earlier erasure left. */
export interface ReadableEntry {
  seq: number;
  leaf: Buffer;
  payload: string | null;
}

/** The next entries after `seq` that this person did or that are about them, locked. */
export async function lockEntriesOf(tx: Tx, personId: string, seq: number, limit: number): Promise<ReadableEntry[]> {
  return await tx<ReadableEntry[]>`
    select e.seq, e.leaf, coalesce(e.payload, r.payload) as payload
    from audit_entries e left join audit_redactions r using (seq)
    where e.seq > ${seq} and (e.user_id = ${personId} or e.entity_id = ${personId} or e.person_id = ${personId})
    order by e.seq limit ${limit} for update of e
  `;
}

/** Puts redactions in the place of their entries' payloads. */
export async function saveRedactions(tx: Tx, redactions: readonly SignedRedaction[]): Promise<void> {
  await tx`
    insert into audit_redactions (seq, payload, redacted_at, key_id, signature)
    select seq, payload, redacted_at, key_id, decode(signature, 'hex')
    from unnest(
      ${redactions.map((one) => one.seq)}::bigint[], ${redactions.map((one) => one.payload)}::text[],
      ${redactions.map((one) => one.redactedAt)}::timestamptz[], ${redactions.map((one) => one.keyId)}::text[],
      ${redactions.map((one) => one.signature.toString('hex'))}::text[]
    ) as redaction (seq, payload, redacted_at, key_id, signature)
    on conflict (seq) do update set payload = excluded.payload, redacted_at = excluded.redacted_at,
      key_id = excluded.key_id, signature = excluded.signature
  `;
  const seqs = redactions.map((one) => one.seq);
  await tx`
    update audit_entries set payload = null, salt = null where seq = any(${seqs}::bigint[]) and payload is not null
  `;
}
