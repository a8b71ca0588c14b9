import { createHash } from 'node:crypto';
import type { EventActor } from '@muster/contracts';
import type { KioskPunchBody, PunchBody, PunchFlag, PunchTypeName } from '@muster/contracts/http/attendance';

/** What a client says about a punch, beside whose it is. */
export type PunchDetails = Omit<PunchBody, 'source'>;

/** A punch as it arrived: whose, by whom, when by the server's clock, and what the client said. */
export interface Punch {
  actor: EventActor;
  employeeId: string;
  source: PunchBody['source'] | 'kiosk';
  /** The kiosk it was made at. */
  deviceId?: string;
  /** Unix milliseconds at arrival. */
  atMs: number;
  body: PunchDetails;
  /** The Idempotency-Key and what it was first used for; null when the client sent none. */
  retry: { key: string; hash: string } | null;
  /** What is worth a look about it. Set where the person's site is known. */
  flags?: PunchFlag[];
  /** W3C Trace Context of the punch, where it is traced. */
  traceparent?: string | undefined;
}

/** Fingerprint (hex) of a punch request: one key stands for one operation with one body. */
export function hashPunch(type: PunchTypeName, body: object): string {
  return createHash('sha256')
    .update(JSON.stringify([type, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex');
}

/** A person's own punch at the moment it arrived. What the client says about the time is kept, not believed. */
export function takePunch(
  type: PunchTypeName,
  actor: EventActor,
  body: PunchBody,
  now: Temporal.Instant,
  key: string | undefined,
): Punch {
  const retry = key === undefined ? null : { key, hash: hashPunch(type, body) };
  return { actor, employeeId: actor.id, source: body.source, atMs: now.epochMilliseconds, body, retry };
}

/**
 * A punch at a kiosk, of the person who was identified there. How they were is left out of the fingerprint: six digits are soon
 * guessed from a hash, and the same person repeats the same punch by whichever way.
 */
export function takeKioskPunch(
  type: PunchTypeName,
  who: { kiosk: EventActor; employeeId: string },
  body: KioskPunchBody,
  now: Temporal.Instant,
  key: string | undefined,
): Punch {
  const { employeeId: _, pin: __, qr: ___, ...details } = body;
  const retry = key === undefined ? null : { key, hash: hashPunch(type, details) };
  const { kiosk, employeeId } = who;
  return {
    actor: kiosk,
    employeeId,
    source: 'kiosk',
    deviceId: kiosk.id,
    atMs: now.epochMilliseconds,
    body: details,
    retry,
  };
}
