import type { PunchAnswer, PunchBody } from '@muster/contracts/http/attendance';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { takePunch } from '../domain/punch.ts';
import { describeSession } from '../domain/session.ts';

/**
 * Opens the actor's session; resolves when punch and event are durable.
 * Throws `already_checked_in`, `forbidden` (role, deleted person), `idempotency_mismatch`.
 */
export async function checkIn(deps: Deps, actor: Actor, body: PunchBody, key?: string): Promise<PunchAnswer> {
  authorise(actor, 'attendance.punch');
  const session = await deps.checkIns.add(takePunch('IN', toEventActor(actor), body, deps.clock.now(), key));
  deps.relay.wake();
  return { ...describeSession(session), occurredAtSource: 'server' };
}
