import type { QrAnswer } from '@muster/contracts/http/attendance';
import { newId } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { isoInstant } from '../domain/instant.ts';
import { qrLifeMs, writeQr } from '../domain/qr-token.ts';

/** Ten seconds before a code ends the next one is due, so that a phone never shows one that is over. */
const refreshInSeconds = 20;

/** A code that stands for the actor at a kiosk, once, for 30 s. It is signed, not stored. */
export function showQr(deps: Deps, actor: Actor): QrAnswer {
  authorise(actor, 'attendance.punch');
  const expiresAtMs = deps.clock.now().epochMilliseconds + qrLifeMs;
  const qr = writeQr(deps.kiosk.keys.qr, { id: newId(), employeeId: actor.id, expiresAtMs });
  return { qr, expiresAt: isoInstant(expiresAtMs), refreshInSeconds };
}
