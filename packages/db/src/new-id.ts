import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const idBytes = 16;
// The system's generator is asked once for 256 ids: asked for each, it costs three times the rest.
const pool = new Uint8Array(idBytes * 256);
let used = pool.length;

function random(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += idBytes;
  return pool.subarray(used - idBytes, used);
}

/** A UUIDv7 of now, or of `atMs` (Unix milliseconds). Ids of one millisecond are in no order. */
export function newId(atMs: number = Date.now()): string {
  return v7({ random: random(), msecs: atMs });
}
