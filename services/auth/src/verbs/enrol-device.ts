import { AppError } from '@muster/contracts';
import type { CreateDeviceInput, CreatedDevice } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import { newMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { insertDevice } from '../sql/devices.ts';
import { createOnce } from './shared/create-once.ts';
import { describeDevice, deviceSnapshot } from './shared/describe-machine.ts';

/**
 * Enrols a kiosk at a site; the answer has the one copy of its device token. `authorization` is the administrator's own header: by
 * it employee is asked for the site. Administrators only; throws `not_found` for a site nobody knows, `unavailable`.
 */
export async function enrolDevice(
  deps: Deps,
  actor: Actor,
  input: CreateDeviceInput,
  o: { authorization: string; idempotencyKey?: string | undefined },
): Promise<CreatedDevice> {
  authorise(actor, 'devices.enrol');
  if (!(await deps.sites.exists(input.siteId, o.authorization)))
    throw new AppError('not_found', 'There is no such site.');
  return createOnce(deps, {
    scope: `enrol-device ${actor.id}`,
    key: o.idempotencyKey,
    request: input,
    run: async (tx) => {
      const now = deps.clock.now();
      const deviceToken = newMachineSecret('msd');
      const device = await insertDevice(tx, { id: v7(), ...input, hash: hashToken(deviceToken), now });
      const { id: deviceId, siteId, version } = device;
      const told = { version, occurredAt: now.toString(), actor: toEventActor(actor), deviceId, siteId };
      const data = { ...told, after: deviceSnapshot(device) };
      await insertOutbox(tx, [newEvent('auth.device-enrolled.v1', data, { subject: deviceId })]);
      return { ...describeDevice(device), deviceToken };
    },
  });
}
