import type { PinState } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findPinSetAt } from '../sql/kiosk-pins.ts';

/** Whether the actor has a PIN for kiosks, and since when. */
export async function readPin(deps: Deps, actor: Actor): Promise<PinState> {
  authorise(actor, 'attendance.pin');
  const setAt = await findPinSetAt(deps.sql, actor.id);
  return { isSet: setAt !== null, setAt: setAt?.toISOString() ?? null };
}
