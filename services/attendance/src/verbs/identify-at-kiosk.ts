import { AppError } from '@muster/contracts';
import type { KioskPunchBody } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { provePin } from './kiosk/prove-pin.ts';
import { proveQr } from './kiosk/prove-qr.ts';

/** A kiosk as its token tells: which device, at which site. */
export interface Kiosk {
  actor: Actor;
  siteId: string;
}

/**
 * Who stands in front of a kiosk: their id. Only people of its site; of everybody else it never says that they exist. Throws
 * `forbidden` for another caller, `not_found`, `wrong_pin`, `invalid_qr`, `rate_limited`.
 */
export async function identifyAtKiosk(
  deps: Deps,
  actor: Actor,
  { employeeId, pin, qr }: KioskPunchBody,
  key: string | undefined,
): Promise<string> {
  authorise(actor, 'attendance.punch-others');
  const { siteId } = actor;
  // A person whose login was given the role is no device of any site.
  if (siteId === undefined) throw new AppError('forbidden', 'Only an enrolled kiosk may punch for others.');
  const kiosk = { actor, siteId };
  if (qr !== undefined) return proveQr(deps, kiosk, qr, key);
  if (employeeId === undefined || pin === undefined) throw new AppError('invalid_input', 'Say who it is.');
  await provePin(deps, kiosk, { employeeId, pin });
  return employeeId;
}
