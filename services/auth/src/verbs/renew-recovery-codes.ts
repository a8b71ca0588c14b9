import { AppError } from '@muster/contracts';
import type { RecoveryCodes } from '@muster/contracts/http/auth-factors';
import type { Proof } from '@muster/contracts/http/auth-proof';
import { insertOutbox, newEvent } from '@muster/db';
import type { Actor } from '@muster/identity';
import { hashRecoveryCode, newRecoveryCodes } from '../crypto/recovery-codes.ts';
import type { Deps } from '../deps.ts';
import { replaceRecoveryCodes } from '../sql/recovery-codes.ts';
import { hasTotpFactor } from '../sql/totp-factors.ts';
import { withProof } from './shared/with-proof.ts';

/**
 * Answers new recovery codes, this once; the earlier ones end. Throws `conflict` where two-factor sign-in is not on, and
 * what {@link withProof} throws.
 */
export async function renewRecoveryCodes(deps: Deps, actor: Actor, proof: Proof): Promise<RecoveryCodes> {
  const recoveryCodes = newRecoveryCodes();
  await withProof(deps, actor, proof, async (tx, by) => {
    const { id: userId, version } = by.user;
    if (!(await hasTotpFactor(tx, userId))) throw new AppError('conflict', 'Two-factor sign-in is not on.');
    await replaceRecoveryCodes(tx, userId, recoveryCodes.map(hashRecoveryCode), by.now);
    const told = { version, occurredAt: by.now.toString(), actor: by.actor, userId };
    await insertOutbox(tx, [newEvent('auth.recovery-codes-renewed.v1', told)]);
  });
  return { recoveryCodes };
}
