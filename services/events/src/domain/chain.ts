import { hash } from 'node:crypto';

/** What the first entry is chained to: 32 zero bytes. */
export const genesisHash: Buffer = Buffer.alloc(32);

/** H(salt ‖ payload). The chain keeps only this, so payload and salt can be erased later without breaking it. */
export function leafHash(salt: Uint8Array, payload: string): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(payload, 'utf8')]), 'buffer');
}

/** H(prev ‖ seq ‖ leaf) with seq as 8 bytes big-endian: the entry's place and everything before it. */
export function entryHash(previous: Uint8Array, seq: number, leaf: Uint8Array): Buffer {
  const position = Buffer.alloc(8);
  position.writeBigUInt64BE(BigInt(seq));
  return hash('sha256', Buffer.concat([previous, position, leaf]), 'buffer');
}
