import { AppError } from '@muster/contracts';
import type { Session } from '@muster/contracts/http/auth';
import type { PasskeyLoginInput } from '@muster/contracts/http/auth-passkeys';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { userHandleOf, verifyAssertion } from '../../crypto/passkeys.ts';
import type { Deps } from '../../deps.ts';
import { type Client, userAsActor } from '../../domain/client.ts';
import { emailHint } from '../../domain/email-hint.ts';
import { isCloned } from '../../domain/passkey-counter.ts';
import { maySignIn, type User } from '../../domain/user.ts';
import { holdUser } from '../../sql/find-user.ts';
import { findPasskeyUser, lockPasskey, touchPasskey } from '../../sql/passkeys.ts';
import { type OpenedSession, openSession, toSession } from '../shared/open-session.ts';
import { redeemChallenge } from './challenge.ts';
import { toWebAuthn } from './to-web-authn.ts';

type Refusal = 'wrong-passkey' | 'passkey-cloned' | 'disabled';

const refused = () => new AppError('invalid_credentials', 'The passkey is not known here, or did not fit.');

/**
 * Signs somebody in by a passkey: possession and the authenticator's own check of its person are two factors, so no code is
 * asked for. Unknown, wrong, replayed, cloned and disabled are the same `invalid_credentials`.
 */
export async function loginByPasskey(deps: Deps, client: Client, { response }: PasskeyLoginInput): Promise<Session> {
  // First of all, and for itself: this answer is used up whatever becomes of it.
  const challenge = await redeemChallenge(deps, response.response.clientDataJSON, null);
  const userId = await findPasskeyUser(deps.sql, response.id);
  // Unknown passkeys are not noted one by one, for anybody can make them up.
  if (userId === undefined) throw refused();
  const opened = await withTransaction(deps.sql, async (tx) => {
    const user = await holdUser(tx, userId);
    if (user === undefined) return undefined;
    const judged = await judge(tx, deps, { user, client, challenge, response });
    await insertOutbox(tx, [toldOf(deps, client, user, judged)]);
    return typeof judged === 'string' ? undefined : judged;
  });
  deps.relay.wake();
  if (opened === undefined) throw refused();
  return toSession(deps, opened);
}

async function judge(
  tx: Tx,
  deps: Deps,
  o: { user: User; client: Client; challenge: string | undefined; response: PasskeyLoginInput['response'] },
): Promise<OpenedSession | Refusal> {
  const { user, client, challenge, response } = o;
  const passkey = await lockPasskey(tx, response.id);
  const isTheirs = passkey?.userId === user.id && response.response.userHandle === userHandleOf(user.id);
  if (passkey === undefined || !isTheirs || challenge === undefined) return 'wrong-passkey';
  const said = await verifyAssertion(deps.settings.relyingParty, challenge, toWebAuthn(response), passkey);
  if (said === undefined) return 'wrong-passkey';
  if (isCloned(passkey.counter, said.counter)) return 'passkey-cloned';
  if (!maySignIn(user)) return 'disabled';
  const now = deps.clock.now();
  await touchPasskey(tx, { id: passkey.id, ...said, now });
  return openSession(tx, deps, user, client, now);
}

function toldOf(deps: Deps, client: Client, user: User, judged: OpenedSession | Refusal) {
  const actor = userAsActor(user, client);
  const told = { version: user.version, occurredAt: deps.clock.now().toString(), actor, userId: user.id };
  return typeof judged === 'string'
    ? newEvent('auth.sign-in-failed.v1', { ...told, emailHint: emailHint(user.email), reason: judged })
    : newEvent('auth.user-logged-in.v1', { ...told, sessionId: judged.sessionId });
}
