import { AppError } from '@muster/contracts';
import type { VerifyEmailInput } from '@muster/contracts/http/auth';
import { withTransaction } from '@muster/db';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { useOneTimeToken } from '../sql/one-time-tokens.ts';
import { setEmailVerified } from '../sql/verify-email.ts';

/** Notes by a mailed token, once, that the account's mailbox is read by its owner. Throws `invalid_token`. */
export async function verifyEmail(deps: Deps, { token }: VerifyEmailInput): Promise<void> {
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const used = await useOneTimeToken(tx, { hash: hashToken(token), purpose: 'verify-email', now });
    if (used === undefined) {
      throw new AppError('invalid_token', 'The link is not valid (any more). Ask for a new one.');
    }
    await setEmailVerified(tx, used.userId, now);
  });
}
