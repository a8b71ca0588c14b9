import { AppError } from '@muster/contracts';
import type { EnableTotpInput, RecoveryCodes } from '@muster/contracts/http/auth-factors';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import { hashRecoveryCode, newRecoveryCodes } from '../crypto/recovery-codes.ts';
import type { Deps } from '../deps.ts';
import { lockUser } from '../sql/find-user.ts';
import { replaceRecoveryCodes } from '../sql/recovery-codes.ts';
import { lockTotpFactor } from '../sql/totp-factors.ts';
import { beginSignIn } from './shared/begin-sign-in.ts';
import { type By, type FactorVerdict, judgeTotp } from './shared/judge-totp.ts';
import { wrongCredentials } from './shared/prove-password.ts';
import { refuseFactor } from './shared/use-second-factor.ts';

const notSetUp = () => new AppError('conflict', 'There is no secret that waits for its first code: set it up first.');

/**
 * Switches two-factor sign-in on by a first code, and answers the recovery codes, this once. Throws `conflict` when
 * nothing was set up, `totp_invalid`, `rate_limited`.
 */
export async function enableTotp(deps: Deps, actor: Actor, { totp }: EnableTotpInput): Promise<RecoveryCodes> {
  const { id, sessionId } = actor;
  const attempt = await beginSignIn(deps, actor, { account: id, userId: id, sessionId });
  const outcome = await withTransaction(deps.sql, async (tx): Promise<{ verdict: FactorVerdict } | string[]> => {
    const user = await lockUser(tx, actor.id);
    if (user === undefined) throw wrongCredentials();
    const factor = await lockTotpFactor(tx, user.id);
    if (factor === undefined || factor.enabled) throw notSetUp();
    const by = { user, actor: toEventActor(actor), now: deps.clock.now() };
    const verdict = await judgeTotp(tx, deps, by, factor, totp);
    return verdict === 'right' ? enabled(tx, by) : { verdict };
  }).catch(async (error: unknown) => {
    await attempt.withdrawn();
    throw error;
  });
  if (!Array.isArray(outcome)) throw await refuseFactor(attempt, outcome.verdict);
  await attempt.succeeded();
  deps.relay.wake();
  return { recoveryCodes: outcome };
}

async function enabled(tx: Tx, { user, actor, now }: By): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, user.id, codes.map(hashRecoveryCode), now);
  const told = { version: user.version, occurredAt: now.toString(), actor, userId: user.id };
  await insertOutbox(tx, [newEvent('auth.two-factor-enabled.v1', told)]);
  return codes;
}
