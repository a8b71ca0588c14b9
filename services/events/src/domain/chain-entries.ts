import { randomBytes } from 'node:crypto';
import type { AuditDraft } from './audit-draft.ts';
import { entryHash, leafHash } from './chain.ts';

/** A draft in its place in the chain. */
export interface ChainedEntry extends AuditDraft {
  seq: number;
  salt: Buffer;
  leaf: Buffer;
  hash: Buffer;
}

const saltBytes = 16;

/** Chains drafts to the head in the given order, each with a fresh salt; `end` is the head afterwards. */
export function chainEntries(
  head: { seq: number; hash: Buffer },
  drafts: readonly AuditDraft[],
): { rows: ChainedEntry[]; end: { seq: number; hash: Buffer } } {
  const salts = randomBytes(saltBytes * drafts.length);
  let end = head;
  const rows = drafts.map((draft, index) => {
    const seq = end.seq + 1;
    const salt = salts.subarray(index * saltBytes, (index + 1) * saltBytes);
    const leaf = leafHash(salt, draft.payload);
    const hash = entryHash(end.hash, seq, leaf);
    end = { seq, hash };
    return { ...draft, seq, salt, leaf, hash };
  });
  return { rows, end };
}
