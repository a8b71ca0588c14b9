import { createHash } from 'node:crypto';
import type { EventActor } from '@muster/contracts';
import type { PunchBody } from '@muster/contracts/http/attendance';

/** A punch as it arrived: by whom, when by the server's clock, and what the client said. */
export interface Punch {
  actor: EventActor;
  /** Unix milliseconds at arrival. */
  atMs: number;
  body: PunchBody;
  /** The Idempotency-Key and what it was first used for; null when the client sent none. */
  retry: { key: string; hash: string } | null;
  /** W3C Trace Context of the punch, where it is traced. */
  traceparent?: string | undefined;
}

/** Fingerprint (hex) of a punch request: one key stands for one operation with one body. */
export function hashPunch(type: 'IN' | 'OUT', body: PunchBody): string {
  return createHash('sha256')
    .update(JSON.stringify([type, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
}

/** A punch at the moment it arrived. What the client says about the time is kept, not believed. */
export function takePunch(
  type: 'IN' | 'OUT',
  actor: EventActor,
  body: PunchBody,
  now: Temporal.Instant,
  key: string | undefined,
): Punch {
  const retry = key === undefined ? null : { key, hash: hashPunch(type, body) };
  return { actor, atMs: now.epochMilliseconds, body, retry };
}
