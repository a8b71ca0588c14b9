import { type Page, toPage } from '@muster/contracts';
import type { Device, DeviceListQuery } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listDevices as selectDevices } from '../sql/devices.ts';
import { describeDevice } from './shared/describe-machine.ts';

/** One page of kiosks, newest first, of one site where it is given. Administrators only. */
export async function listDevices(deps: Deps, actor: Actor, query: DeviceListQuery): Promise<Page<Device>> {
  authorise(actor, 'devices.enrol');
  const { devices, total } = await selectDevices(deps.sql, query);
  return toPage(devices.map(describeDevice), total, { page: query.page, limit: query.limit });
}
