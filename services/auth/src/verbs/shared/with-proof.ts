import type { Proof } from '@muster/contracts/http/auth-proof';
import { type Tx, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findUserWithHash, lockUser } from '../../sql/find-user.ts';
import type { Attempt } from './begin-sign-in.ts';
import type { By, FactorVerdict } from './judge-totp.ts';
import { provePassword, wrongCredentials } from './prove-password.ts';
import { requireYoungSession } from './require-young-session.ts';
import { refuseFactor, useSecondFactor } from './use-second-factor.ts';

/**
 * Does `work` in a transaction, on the locked user, once it is sure that the person sits there and no stolen token: the
 * session is young, or the password came along and, where there is one, the second factor. Throws
 * `reauthentication_required` without either, `invalid_credentials`, `totp_required`, `totp_invalid`, `rate_limited`.
 */
export async function withProof<T>(
  deps: Deps,
  actor: Actor,
  proof: Proof,
  work: (tx: Tx, by: By) => Promise<T>,
): Promise<T> {
  const attempt = await begin(deps, actor, proof);
  const outcome = await withTransaction(deps.sql, async (tx): Promise<{ verdict: FactorVerdict } | { done: T }> => {
    const user = await lockUser(tx, actor.id);
    if (user === undefined) throw wrongCredentials();
    const by = { user, actor: toEventActor(actor), now: deps.clock.now() };
    const verdict = attempt === undefined ? 'off' : await useSecondFactor(tx, deps, by, proof);
    return verdict === 'off' || verdict === 'right' ? { done: await work(tx, by) } : { verdict };
  }).catch(async (error: unknown) => {
    await attempt?.withdrawn();
    throw error;
  });
  if ('verdict' in outcome) throw await refuseFactor(attempt, outcome.verdict);
  await attempt?.succeeded();
  deps.relay.wake();
  return outcome.done;
}

/** The attempt under which the password was found right; undefined where the session is young enough without one. */
async function begin(deps: Deps, actor: Actor, { password }: Proof): Promise<Attempt | undefined> {
  if (password === undefined) {
    await requireYoungSession(deps, actor);
    return undefined;
  }
  const found = await findUserWithHash(deps.sql, actor.id);
  const { matches, attempt } = await provePassword(deps, actor, {
    account: actor.id,
    userId: actor.id,
    sessionId: actor.sessionId,
    password,
    hash: found?.passwordHash,
  });
  if (matches) return attempt;
  await attempt.failed();
  throw wrongCredentials();
}
