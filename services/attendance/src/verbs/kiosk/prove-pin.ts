import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { digestPin, isPin } from '../../domain/pin.ts';
import { deviceDelay, personDelay, pinDelayEnd } from '../../domain/pin-delay.ts';
import { findKioskPerson, type KioskPerson } from '../../sql/find-kiosk-person.ts';
import { countPinFailure, forgetPinFailures } from '../../sql/pin-failures.ts';
import type { Kiosk } from '../identify-at-kiosk.ts';
import { notAtThisSite } from './not-at-this-site.ts';

/** A PIN as it was typed. */
interface Typed {
  employeeId: string;
  pin: string;
}

/**
 * Whether the PIN is the person's, who must be of the kiosk's site. One attempt a device and a person at a time in this process, so
 * that parallel guesses meet the delay, too; what costs something is only the wrong one. Throws `not_found`, `wrong_pin`, `rate_limited`.
 */
export function provePin(deps: Deps, kiosk: Kiosk, typed: Typed): Promise<void> {
  const { oneAtATime } = deps.kiosk;
  return oneAtATime(`device ${kiosk.actor.id}`, () =>
    oneAtATime(`person ${typed.employeeId}`, () => prove(deps, kiosk, typed)),
  );
}

async function prove(deps: Deps, kiosk: Kiosk, typed: Typed): Promise<void> {
  const { sql, keys } = deps.kiosk;
  const { employeeId } = typed;
  const nowMs = deps.clock.now().epochMilliseconds;
  const person = await findKioskPerson(sql, { employeeId, deviceId: kiosk.actor.id });
  const isHere = person.isActive && person.siteId === kiosk.siteId;
  refuseTooEarly(person, isHere, nowMs);
  if (isPin(person.digest, digestPin(keys.pin, employeeId, typed.pin)) && isHere) {
    if (person.ofPerson.failures > 0) await forgetPinFailures(sql, employeeId);
    return;
  }
  await countFailure(deps, kiosk, isHere ? employeeId : undefined, nowMs);
  throw isHere ? new AppError('wrong_pin', 'This PIN is not right.') : notAtThisSite();
}

/** The delay of somebody of another site is not told: it would say that they exist. */
function refuseTooEarly({ ofPerson, ofDevice }: KioskPerson, isHere: boolean, nowMs: number): void {
  const ends = [
    pinDelayEnd(ofDevice, deviceDelay, nowMs),
    ...(isHere ? [pinDelayEnd(ofPerson, personDelay, nowMs)] : []),
  ];
  const waitMs = Math.max(...ends) - nowMs;
  if (waitMs <= 0) return;
  throw new AppError('rate_limited', 'Too many wrong PINs. Wait, or show the code on your phone.', {
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
  });
}

/** Counts against the device always, against the person only at their own site: no other kiosk can make them wait. */
async function countFailure(deps: Deps, kiosk: Kiosk, employeeId: string | undefined, nowMs: number): Promise<void> {
  await withTransaction(deps.kiosk.sql, async (tx) => {
    const { actor, siteId } = kiosk;
    await countPinFailure(tx, { kind: 'device', id: actor.id, forgetMs: deviceDelay.forgetMs }, nowMs);
    if (employeeId === undefined) return;
    const version = await countPinFailure(
      tx,
      { kind: 'person', id: employeeId, forgetMs: personDelay.forgetMs },
      nowMs,
    );
    const occurredAt = Temporal.Instant.fromEpochMilliseconds(nowMs).toString();
    const data = { version, occurredAt, actor: toEventActor(actor), employeeId, deviceId: actor.id, siteId };
    await insertOutbox(tx, [newEvent('attendance.pin-refused.v1', data)]);
  });
  deps.relay.wake();
}
