import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { changeDevice, lockDevice } from '../sql/devices.ts';
import { noSuchDevice } from './read-device.ts';
import { deviceSnapshot } from './shared/describe-machine.ts';

/** Removes a kiosk: its device token is worth nothing at once, its access tokens within 60 s. Administrators only; `not_found`. */
export async function removeDevice(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'devices.enrol');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockDevice(tx, id);
    if (before === undefined) throw noSuchDevice();
    const { version, siteId } = await changeDevice(tx, before, { deleted: true, bumpTokens: true }, now);
    const told = { version, occurredAt: now.toString(), actor: toEventActor(actor), deviceId: id, siteId };
    const data = { ...told, before: deviceSnapshot(before) };
    await insertOutbox(tx, [newEvent('auth.device-removed.v1', data, { subject: id })]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
