import { AppError } from '@muster/contracts';
import type { Device } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findDevice } from '../sql/devices.ts';
import { describeDevice } from './shared/describe-machine.ts';

export const noSuchDevice = (): AppError => new AppError('not_found', 'No such device.');

/** One kiosk. Administrators only; throws `not_found`. */
export async function readDevice(deps: Deps, actor: Actor, id: string): Promise<Device> {
  authorise(actor, 'devices.enrol');
  const device = await findDevice(deps.sql, id);
  if (device === undefined) throw noSuchDevice();
  return describeDevice(device);
}
