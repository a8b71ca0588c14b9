import { AppError } from '@muster/contracts';
import type { TotpSetup } from '@muster/contracts/http/auth-factors';
import type { Proof } from '@muster/contracts/http/auth-proof';
import type { Actor } from '@muster/identity';
import { renderSVG } from 'uqr';
import { newTotpSecret, totpUri } from '../crypto/totp.ts';
import type { Deps } from '../deps.ts';
import { saveTotpSecret } from '../sql/totp-factors.ts';
import { sealTotpSecret } from './shared/totp-secret.ts';
import { withProof } from './shared/with-proof.ts';

/**
 * Gives the person a secret for an authenticator app; until {@link enableTotp} it changes nothing, and asking again gives
 * another one. Throws `conflict` when two-factor sign-in is on, and what {@link withProof} throws.
 */
export async function setupTotp(deps: Deps, actor: Actor, proof: Proof): Promise<TotpSetup> {
  const secret = newTotpSecret();
  const otpauthUrl = await withProof(deps, actor, proof, async (tx, { user, now }) => {
    const secretSealed = sealTotpSecret(deps, user.id, secret);
    if (!(await saveTotpSecret(tx, { userId: user.id, secretSealed, now }))) {
      throw new AppError('conflict', 'Two-factor sign-in is on already. Switch it off first to set it up anew.');
    }
    return totpUri(secret, user.email);
  });
  const qrCode = `data:image/svg+xml;base64,${Buffer.from(renderSVG(otpauthUrl)).toString('base64')}`;
  return { secret, otpauthUrl, qrCode };
}
