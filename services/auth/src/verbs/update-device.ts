import type { DevicePatch, Device as DeviceView } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { changeDevice, lockDevice } from '../sql/devices.ts';
import { noSuchDevice } from './read-device.ts';
import { describeDevice, deviceSnapshot } from './shared/describe-machine.ts';

/** Renames a kiosk, or switches it off (its tokens stop working within 60 s) and on. Administrators only; throws `not_found`. */
export async function updateDevice(deps: Deps, actor: Actor, id: string, patch: DevicePatch): Promise<DeviceView> {
  authorise(actor, 'devices.enrol');
  const now = deps.clock.now();
  const device = await withTransaction(deps.sql, async (tx) => {
    const before = await lockDevice(tx, id);
    if (before === undefined) throw noSuchDevice();
    const name = patch.name ?? before.name;
    const active = patch.active ?? before.active;
    if (name === before.name && active === before.active) return before;
    const bumpTokens = before.active && !active;
    const after = await changeDevice(tx, before, { name, active, bumpTokens }, now);
    const told = { version: after.version, occurredAt: now.toString(), actor: toEventActor(actor), deviceId: id };
    const data = { ...told, siteId: after.siteId, before: deviceSnapshot(before), after: deviceSnapshot(after) };
    await insertOutbox(tx, [newEvent('auth.device-updated.v1', data, { subject: id })]);
    return after;
  });
  deps.relay.wake();
  await deps.revocations.reload();
  return describeDevice(device);
}
