import { AppError } from '@muster/contracts';
import type { TokenAnswer } from '@muster/contracts/http/auth';
import { isMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { findDeviceByHash } from '../sql/devices.ts';
import { noteUse } from '../sql/note-use.ts';
import { issueAccessToken } from './shared/issue-access-token.ts';

/**
 * A kiosk's device token for an access token of the role `kiosk` at its site. Throws `invalid_grant`, the same for an unknown, a
 * switched-off and a removed device.
 */
export async function exchangeDeviceToken(deps: Deps, deviceToken: string): Promise<TokenAnswer> {
  const device = isMachineSecret(deviceToken, 'msd')
    ? await findDeviceByHash(deps.sql, hashToken(deviceToken))
    : undefined;
  if (device === undefined) throw new AppError('invalid_grant', 'This device token is not good (any more).');
  await noteUse(deps.sql, 'devices', device.id, deps.clock.now());
  const { id, name, siteId, tokenVersion: ver } = device;
  return issueAccessToken(deps, { sub: id, sid: id, ver, role: 'kiosk', name, email: '', siteId });
}
