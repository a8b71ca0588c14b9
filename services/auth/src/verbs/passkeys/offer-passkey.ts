import { AppError } from '@muster/contracts';
import type { PasskeyCreationOptions } from '@muster/contracts/http/auth-passkeys';
import type { Proof } from '@muster/contracts/http/auth-proof';
import type { Actor } from '@muster/identity';
import { creationOptions } from '../../crypto/passkeys.ts';
import type { Deps } from '../../deps.ts';
import { listCredentials } from '../../sql/passkeys.ts';
import { withProof } from '../shared/with-proof.ts';
import { challengeMs, rememberChallenge } from './challenge.ts';

const maxPasskeys = 20;

/**
 * What the browser needs to make a passkey, good for 5 minutes and one answer. Throws `conflict` for whoever has too many,
 * and what {@link withProof} throws.
 */
export async function offerPasskey(deps: Deps, actor: Actor, proof: Proof): Promise<PasskeyCreationOptions> {
  const options = await withProof(deps, actor, proof, async (tx, { user }) => {
    const existing = await listCredentials(tx, user.id);
    if (existing.length >= maxPasskeys) throw new AppError('conflict', `${maxPasskeys} passkeys are enough.`);
    return creationOptions(deps.settings.relyingParty, user, existing, challengeMs);
  });
  await rememberChallenge(deps, options.challenge, actor.id);
  return { ...options, authenticatorSelection: { ...options.authenticatorSelection }, extensions: {} };
}
