import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { digestPin, pinFault } from '../domain/pin.ts';
import { savePin } from '../sql/kiosk-pins.ts';
import { forgetPinFailures } from '../sql/pin-failures.ts';

/** Sets the actor's own PIN for kiosks. Throws `invalid_input` for one that anybody would try first. */
export async function setPin(deps: Deps, actor: Actor, pin: string): Promise<void> {
  authorise(actor, 'attendance.pin');
  const message = pinFault(pin);
  if (message !== undefined) {
    const errors = [{ field: 'pin', message, in: 'body' as const }];
    throw new AppError('invalid_input', 'Choose another PIN.', { errors });
  }
  const now = deps.clock.now();
  const digest = digestPin(deps.kiosk.keys.pin, actor.id, pin);
  await withTransaction(deps.sql, async (tx) => {
    const version = await savePin(tx, { employeeId: actor.id, digest, nowMs: now.epochMilliseconds });
    await forgetPinFailures(tx, actor.id);
    const data = { version, occurredAt: now.toString(), actor: toEventActor(actor), employeeId: actor.id };
    await insertOutbox(tx, [newEvent('attendance.pin-set.v1', data)]);
  });
  deps.relay.wake();
}
