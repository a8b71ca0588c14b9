import type { PasskeyRequestOptions } from '@muster/contracts/http/auth-passkeys';
import { requestOptions } from '../../crypto/passkeys.ts';
import type { Deps } from '../../deps.ts';
import { challengeMs, rememberChallenge } from './challenge.ts';

/** What the browser needs to sign somebody in, good for 5 minutes and one answer. Names nobody: the authenticator knows. */
export async function offerPasskeyLogin(deps: Deps): Promise<PasskeyRequestOptions> {
  const { challenge, rpId, timeout, userVerification } = await requestOptions(deps.settings.relyingParty, challengeMs);
  await rememberChallenge(deps, challenge, null);
  return {
    challenge,
    ...(rpId !== undefined && { rpId }),
    ...(timeout !== undefined && { timeout }),
    ...(userVerification !== undefined && { userVerification }),
  };
}
