import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findPeople } from '../sql/find-people.ts';
import { clearPin } from '../sql/kiosk-pins.ts';
import { forgetPinFailures } from '../sql/pin-failures.ts';

/**
 * Takes a person's PIN away, and any delay with it: they set a new one themselves, so that nobody else ever knows it. Without one
 * nothing changes. HR and administrators; throws `not_found`.
 */
export async function resetPin(deps: Deps, actor: Actor, employeeId: string): Promise<void> {
  authorise(actor, 'attendance.reset-pin');
  if (!(await findPeople(deps.sql, [employeeId])).has(employeeId))
    throw new AppError('not_found', 'There is no such person.');
  const occurredAt = deps.clock.now().toString();
  await withTransaction(deps.sql, async (tx) => {
    await forgetPinFailures(tx, employeeId);
    const version = await clearPin(tx, employeeId);
    if (version === undefined) return;
    const data = { version, occurredAt, actor: toEventActor(actor), employeeId };
    await insertOutbox(tx, [newEvent('attendance.pin-reset.v1', data)]);
  });
  deps.relay.wake();
}
