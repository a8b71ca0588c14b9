import type { Deps } from '../../deps.ts';
import { invalidQr, readQr } from '../../domain/qr-token.ts';
import { findKioskPerson } from '../../sql/find-kiosk-person.ts';
import { claimQr, wasUsedWith } from '../../sql/used-qrs.ts';
import type { Kiosk } from '../identify-at-kiosk.ts';
import { notAtThisSite } from './not-at-this-site.ts';

/**
 * Whose code it is: their id. A code is good once, for half a minute; only the same request (`key`) may show it again, so that a
 * lost answer can be asked for. Throws `invalid_qr`, and `not_found` for somebody who is not of the kiosk's site.
 */
export async function proveQr(deps: Deps, kiosk: Kiosk, qr: string, key: string | undefined): Promise<string> {
  const { sql, keys } = deps.kiosk;
  const { id, employeeId, expiresAtMs } = readQr(keys.qr, qr);
  const person = await findKioskPerson(sql, { employeeId, deviceId: kiosk.actor.id });
  if (!person.isActive || person.siteId !== kiosk.siteId) throw notAtThisSite();
  const nowMs = deps.clock.now().epochMilliseconds;
  if (nowMs < expiresAtMs && (await claimQr(sql, { id, key, nowMs }))) return employeeId;
  if (key !== undefined && (await wasUsedWith(sql, id, key))) return employeeId;
  throw invalidQr();
}
