import type { BrokenReason } from '@muster/contracts/http/events';
import { auditColumns } from './audit-draft.ts';
import { entryHash, genesisHash, leafHash } from './chain.ts';
import type { HeadSigner, SignedHead } from './signed-head.ts';
import type { SignedRedaction } from './signed-redaction.ts';

export interface Broken {
  seq: number;
  id: string | null;
  reason: BrokenReason;
}

export interface StoredEntry {
  seq: number;
  id: string;
  eventType: string;
  /** RFC 3339, UTC, milliseconds; as in a head. */
  occurredAt: string;
  /** Likewise. */
  recordedAt: string;
  userId: string | null;
  entityType: string;
  entityId: string | null;
  personId: string | null;
  leaf: Buffer;
  hash: Buffer;
  payload: string | null;
  salt: Buffer | null;
  /** What an erasure left in the payload's place. */
  redaction: Omit<SignedRedaction, 'seq' | 'leaf'> | null;
}

export interface StoredEnd {
  seq: number;
  hash: Buffer;
  signedAt: string | null;
  keyId: string | null;
  signature: Buffer | null;
  lastEntry: number;
  lastCheckpoint: number;
}

/** Walks the chain entry by entry; knows how far it got and what the hash there must be. */
export class ChainCheck {
  seq = 0;
  hash: Buffer = genesisHash;
  erased = 0;
  readonly #signer: HeadSigner;

  constructor(signer: HeadSigner) {
    this.#signer = signer;
  }

  /** Checks the following entries and the heads once signed among them; returns the first thing that is wrong. */
  next(rows: readonly StoredEntry[], heads: readonly SignedHead[]): Broken | undefined {
    const headAt = new Map(heads.map((head) => [head.seq, head]));
    for (const row of rows) {
      const reason = this.#entryBroken(row) ?? this.#headBroken(headAt.get(row.seq));
      if (reason === 'missing') return { seq: this.seq + 1, id: null, reason };
      if (reason !== undefined) return { seq: row.seq, id: row.id, reason };
    }
    return undefined;
  }

  #entryBroken(row: StoredEntry): BrokenReason | undefined {
    if (row.seq !== this.seq + 1) return 'missing';
    if (row.payload === null || row.salt === null) this.erased += 1;
    else if (!leafHash(row.salt, row.payload).equals(row.leaf)) return 'payload_changed';
    const hash = entryHash(this.hash, row.seq, row.leaf);
    if (!hash.equals(row.hash)) return 'chain_broken';
    const { redaction } = row;
    if (redaction !== null && row.payload !== null) return 'redaction_changed';
    if (redaction !== null && !this.#signer.verifyRedaction({ ...redaction, seq: row.seq, leaf: row.leaf }))
      return 'redaction_changed';
    const told = row.payload ?? redaction?.payload;
    if (told !== undefined && !columnsMatch(row, told)) return 'columns_changed';
    this.seq = row.seq;
    this.hash = hash;
    return undefined;
  }

  #headBroken(head: SignedHead | undefined): BrokenReason | undefined {
    if (head === undefined) return undefined;
    if (!this.#signer.verify(head)) return 'signature_invalid';
    return head.hash.equals(this.hash) ? undefined : 'head_mismatch';
  }
}

/**
 * The columns are not hashed themselves, so they must say the same as the payload they came from. Payloads written before
 * `recordedAt` was in them say nothing of it; the hash keeps anybody from taking it out of a later one.
 */
function columnsMatch(row: StoredEntry, payload: string): boolean {
  const told = JSON.parse(payload);
  const derived = auditColumns(told);
  return (
    (told.recordedAt === undefined || told.recordedAt === row.recordedAt) &&
    derived.id === row.id &&
    derived.eventType === row.eventType &&
    derived.occurredAt === row.occurredAt &&
    derived.userId === row.userId &&
    derived.entityType === row.entityType &&
    derived.entityId === row.entityId &&
    derived.personId === row.personId
  );
}

/** Compares the end of the log with where the walk arrived: a cut or grown tail, a forged or moved head. */
export function endBroken(end: StoredEnd, at: ChainCheck, signer: HeadSigner): Broken | undefined {
  const broken = (reason: BrokenReason): Broken => ({ seq: at.seq + 1, id: null, reason });
  if (at.seq < end.seq || end.lastCheckpoint > end.seq) return broken('truncated');
  if (end.lastEntry > end.seq) return broken('surplus');
  const atHead = { seq: end.seq, id: null };
  if (!end.hash.equals(at.hash)) return { ...atHead, reason: 'head_mismatch' };
  if (end.seq === 0) return undefined;
  const { seq, hash, signedAt, keyId, signature } = end;
  const signed = signedAt !== null && keyId !== null && signature !== null;
  const holds = signed && signer.verify({ seq, hash, signedAt, keyId, signature });
  return holds ? undefined : { ...atHead, reason: 'signature_invalid' };
}
