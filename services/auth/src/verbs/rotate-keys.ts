import { type EventActor, systemActor } from '@muster/contracts';
import type { KeyRotationAnswer } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { newKeyPair } from '../crypto/key-pair.ts';
import type { Deps } from '../deps.ts';
import { newestKey, RETIRED_KEY_MARGIN_SECONDS, rotationDue } from '../domain/key-plan.ts';
import { insertSigningKey, listSigningKeys, lockSigningKeys, retireSigningKeys } from '../sql/signing-keys.ts';
import { readKeys } from './list-keys.ts';

const { compare } = Temporal.Instant;

/**
 * Begins a rotation: a new key is published now and signs after `aheadSeconds`; the old one verifies until its last token
 * has ended. While one is on its way there is no second: `made` is false. Administrators only.
 */
export async function rotateKeys(deps: Deps, actor: Actor): Promise<KeyRotationAnswer> {
  authorise(actor, 'keys.rotate');
  const made = await rotate(deps, toEventActor(actor), () => true);
  return { made, keys: await readKeys(deps) };
}

/** The same by schedule, once the newest key is old enough. Safe to repeat, from any process. */
export const rotateKeysIfDue = (deps: Deps): Promise<boolean> =>
  rotate(deps, systemActor, (due, now) => compare(due, now) <= 0);

async function rotate(
  deps: Deps,
  actor: EventActor,
  mayBegin: (due: Temporal.Instant, now: Temporal.Instant) => boolean,
): Promise<boolean> {
  const { settings } = deps;
  const now = deps.clock.now();
  const made = await withTransaction(deps.sql, async (tx) => {
    await lockSigningKeys(tx);
    const newest = newestKey(await listSigningKeys(tx, now));
    if (newest === undefined || compare(newest.signsFrom, now) > 0) return false;
    if (!mayBegin(rotationDue(newest, settings.keyRotation), now)) return false;
    await succeed(tx, deps, actor, now);
    return true;
  });
  if (made) deps.relay.wake();
  return made;
}

async function succeed(tx: Tx, { settings }: Deps, actor: EventActor, now: Temporal.Instant): Promise<void> {
  const signsFrom = now.add({ seconds: settings.keyRotation.aheadSeconds });
  const key = newKeyPair(settings.keySecret);
  await retireSigningKeys(tx, signsFrom, RETIRED_KEY_MARGIN_SECONDS);
  await insertSigningKey(tx, key, { now, signsFrom, longestTokenSeconds: settings.accessTokenSeconds });
  const told = { version: 0, occurredAt: now.toString(), actor, kid: key.kid, signsFrom: signsFrom.toString() };
  await insertOutbox(tx, [newEvent('auth.signing-key-rotated.v1', told)]);
}
