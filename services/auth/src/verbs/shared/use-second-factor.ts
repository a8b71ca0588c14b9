import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { hashRecoveryCode } from '../../crypto/recovery-codes.ts';
import type { Deps } from '../../deps.ts';
import { countRecoveryCodes, useRecoveryCode } from '../../sql/recovery-codes.ts';
import { lockTotpFactor } from '../../sql/totp-factors.ts';
import type { Attempt } from './begin-sign-in.ts';
import { type By, type FactorVerdict, judgeTotp } from './judge-totp.ts';

/** What came with the password. */
export interface GivenFactor {
  totp?: string | undefined;
  recoveryCode?: string | undefined;
}

/**
 * Judges the second factor and uses it up: a code is good once, also when two processes see it at the same moment. Ask
 * after the password only, and commit whatever the verdict, for a wrong code leaves its mark.
 */
export async function useSecondFactor(tx: Tx, deps: Deps, by: By, given: GivenFactor): Promise<FactorVerdict> {
  const factor = await lockTotpFactor(tx, by.user.id);
  if (!factor?.enabled) return 'off';
  if (given.recoveryCode !== undefined) return redeem(tx, by, given.recoveryCode);
  if (given.totp === undefined) return 'missing';
  return judgeTotp(tx, deps, by, factor, given.totp);
}

/** Settles the attempt the password was proven under, and says why the person is not let in. */
export async function refuseFactor(attempt: Attempt | undefined, verdict: FactorVerdict): Promise<AppError> {
  if (verdict === 'wrong') {
    await attempt?.failed();
    return new AppError('totp_invalid', 'The code is not right, or was used before.');
  }
  // Neither a success, which would start the count of wrong codes anew, nor a failure: nothing was guessed.
  await attempt?.withdrawn();
  if (typeof verdict === 'object') {
    return new AppError('rate_limited', 'Too many wrong codes. Try again later, or use a recovery code.', {
      headers: { 'Retry-After': String(verdict.waitSeconds) },
    });
  }
  return new AppError('totp_required', 'Give the code of your authenticator app, or a recovery code, as well.');
}

async function redeem(tx: Tx, { user, actor, now }: By, code: string): Promise<FactorVerdict> {
  if (!(await useRecoveryCode(tx, user.id, hashRecoveryCode(code), now))) return 'wrong';
  const left = await countRecoveryCodes(tx, user.id);
  const told = { version: user.version, occurredAt: now.toString(), actor, userId: user.id };
  await insertOutbox(tx, [newEvent('auth.recovery-code-used.v1', { ...told, left })]);
  return 'right';
}
