import type { FactorState } from '@muster/contracts/http/auth-factors';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { countPasskeys } from '../sql/passkeys.ts';
import { countRecoveryCodes } from '../sql/recovery-codes.ts';
import { hasTotpFactor } from '../sql/totp-factors.ts';

/** Which factors the person has beside the password. */
export async function readFactors({ sql }: Deps, actor: Actor): Promise<FactorState> {
  const [totp, recoveryCodesLeft, passkeys] = await Promise.all([
    hasTotpFactor(sql, actor.id),
    countRecoveryCodes(sql, actor.id),
    countPasskeys(sql, actor.id),
  ]);
  return { totp, recoveryCodesLeft, passkeys };
}
