import type { LoginInput, Session } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { deviceOf } from '../crypto/device-token.ts';
import type { Deps } from '../deps.ts';
import { type Client, userAsActor } from '../domain/client.ts';
import { maySignIn, type User } from '../domain/user.ts';
import { findUserBySignInName, holdUser } from '../sql/find-user.ts';
import { replaceHash } from '../sql/set-password.ts';
import type { FactorVerdict } from './shared/judge-totp.ts';
import { type OpenedSession, openSession, toSession } from './shared/open-session.ts';
import { provePassword, wrongCredentials } from './shared/prove-password.ts';
import { recordFailedSignIn } from './shared/record-failed-sign-in.ts';
import { type GivenFactor, refuseFactor, useSecondFactor } from './shared/use-second-factor.ts';

/**
 * Signs somebody in by e-mail or username. Unknown, wrong and disabled are the same `invalid_credentials` after the same
 * work; only after a right password a missing or wrong second factor is `totp_required` or `totp_invalid`. Throws
 * `rate_limited` or `overloaded` with Retry-After, at once. `deviceToken`: what an earlier sign-in left on the device.
 */
export async function login(
  deps: Deps,
  client: Client,
  input: LoginInput,
  deviceToken?: string | undefined,
): Promise<Session> {
  // Before anything else: whoever cannot be served is to cost nothing.
  deps.hasher.requireRoom();
  const name = input.email ?? input.username ?? '';
  const found = await findUserBySignInName(deps.sql, name);
  const hash = found?.passwordHash;
  const { password } = input;
  const account = { account: name, userId: found?.user.id, deviceToken };
  const { matches, attempt } = await provePassword(deps, client, { ...account, password, hash });

  const begun =
    matches && found !== undefined ? await begin(deps, client, found.user, { ...input, deviceToken }) : undefined;
  if (begun === undefined) {
    await attempt.failed();
    await recordFailedSignIn(deps, client, { name, found, matches });
    throw wrongCredentials();
  }
  if ('verdict' in begun) {
    const { verdict } = begun;
    if (verdict === 'wrong') await recordFailedSignIn(deps, client, { name, found, matches, verdict });
    throw await refuseFactor(attempt, verdict);
  }
  await attempt.succeeded();
  if (hash && deps.hasher.isStale(hash)) await rehash(deps, begun.user.id, hash, input.password);
  return toSession(deps, begun);
}

/** Undefined when the account may not sign in (any more); a verdict when its second factor is not given. */
async function begin(
  deps: Deps,
  client: Client,
  { id }: User,
  given: GivenFactor & { deviceToken: string | undefined },
): Promise<OpenedSession | { verdict: FactorVerdict } | undefined> {
  const now = deps.clock.now();
  const { keySecret: secret } = deps.settings;
  const knownDevice = deviceOf(given.deviceToken, { userId: id, secret, now }) !== undefined;
  const begun = await withTransaction(deps.sql, async (tx) => {
    const user = await holdUser(tx, id);
    if (user === undefined || !maySignIn(user)) return undefined;
    const verdict = await useSecondFactor(tx, deps, { user, actor: userAsActor(user, client), now }, given);
    if (verdict !== 'off' && verdict !== 'right') return { verdict };
    const session = await openSession(tx, deps, user, client, now, { knownDevice });
    await insertOutbox(tx, [
      newEvent('auth.user-logged-in.v1', {
        version: user.version,
        occurredAt: now.toString(),
        actor: userAsActor(user, client),
        userId: id,
        sessionId: session.sessionId,
      }),
    ]);
    return session;
  });
  deps.relay.wake();
  return begun;
}

/** The password is at hand only now. Whoever signs in must not suffer when there is no room to hash: next time, then. */
async function rehash(deps: Deps, id: string, before: string, password: string): Promise<void> {
  try {
    await replaceHash(deps.sql, id, before, await deps.hasher.hash(password));
  } catch (err) {
    deps.log.warn({ err, userId: id }, 'password stays hashed at its old cost');
  }
}
