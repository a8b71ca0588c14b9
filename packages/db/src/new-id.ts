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

let lastMs = 0;
let seq = 0;

/** A UUIDv7. Of now: ids of this process sort in the order they were made. Of `atMs` (Unix milliseconds): by that time only. */
export function newId(atMs?: number): string {
  const bytes = random();
  if (atMs !== undefined) return v7({ random: bytes, msecs: atMs });
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // The upper half stays free to count in; a clock set back goes on counting in the last millisecond.
    seq = new DataView(bytes.buffer, bytes.byteOffset).getUint32(6) >>> 1;
  } else seq++;
  return v7({ random: bytes, msecs: lastMs, seq });
}
