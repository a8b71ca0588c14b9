import { AppError } from '@muster/contracts';
import type { AddPasskeyInput, Passkey } from '@muster/contracts/http/auth-passkeys';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import { verifyCreation } from '../../crypto/passkeys.ts';
import type { Deps } from '../../deps.ts';
import { lockUser } from '../../sql/find-user.ts';
import { insertPasskey } from '../../sql/passkeys.ts';
import { notMade, redeemChallenge } from './challenge.ts';
import { toPasskey } from './to-passkey.ts';
import { toWebAuthn } from './to-web-authn.ts';

/**
 * Adds the passkey that answers an offer. Throws `passkey_refused` unless it was made for that offer, by this person, on our
 * pages, with the person verified; `conflict` when it is known already.
 */
export async function addPasskey(deps: Deps, actor: Actor, { name, response }: AddPasskeyInput): Promise<Passkey> {
  const challenge = await redeemChallenge(deps, response.response.clientDataJSON, actor.id);
  if (challenge === undefined) throw notMade();
  const made = await verifyCreation(deps.settings.relyingParty, challenge, toWebAuthn(response));
  if (made === undefined) throw notMade();

  const now = deps.clock.now();
  const row = await withTransaction(deps.sql, async (tx) => {
    const user = await lockUser(tx, actor.id);
    if (user === undefined) throw notMade();
    const added = await insertPasskey(tx, { ...made, id: v7(), userId: user.id, name, now });
    if (added === undefined) throw new AppError('conflict', 'This passkey has been added before.');
    await insertOutbox(tx, [
      newEvent('auth.passkey-added.v1', {
        version: user.version,
        occurredAt: now.toString(),
        actor: toEventActor(actor),
        userId: user.id,
        passkeyId: added.id,
        name,
      }),
    ]);
    return added;
  });
  deps.relay.wake();
  return toPasskey(row);
}
