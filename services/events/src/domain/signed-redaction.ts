import { hash } from 'node:crypto';

/** What is left of the entry `seq` as of `redactedAt` (RFC 3339, UTC milliseconds), vouched for by the key `keyId`. */
export interface SignedRedaction {
  seq: number;
  leaf: Buffer;
  payload: string;
  redactedAt: string;
  keyId: string;
  signature: Buffer;
}

/** What is signed: the entry's leaf, which the chain holds, and what stands there now. A prefix of its own, as heads have. */
export const redactionMessage = (o: Pick<SignedRedaction, 'seq' | 'leaf' | 'payload' | 'redactedAt'>): Buffer =>
  Buffer.from(
    `muster audit redaction\n${o.seq}\n${o.leaf.toString('hex')}\n${hash('sha256', o.payload)}\n${o.redactedAt}`,
  );
