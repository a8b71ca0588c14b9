import type { KioskPunchBody, PunchAnswer } from '@muster/contracts/http/attendance';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { takeKioskPunch } from '../domain/punch.ts';
import { describeSession } from '../domain/session.ts';
import { identifyAtKiosk } from './identify-at-kiosk.ts';

/**
 * Closes the open session of whoever stands in front of the kiosk; the kiosk is the event's actor. Throws as {@link identifyAtKiosk},
 * `not_checked_in`, `idempotency_mismatch`.
 */
export async function checkOutAtKiosk(
  deps: Deps,
  actor: Actor,
  body: KioskPunchBody,
  key?: string,
): Promise<PunchAnswer> {
  const employeeId = await identifyAtKiosk(deps, actor, body, key);
  const who = { kiosk: toEventActor(actor), employeeId };
  const session = await deps.checkOuts.add(takeKioskPunch('OUT', who, body, deps.clock.now(), key));
  deps.relay.wake();
  return { ...describeSession(session), occurredAtSource: 'server' };
}
