import { AppError } from '@muster/contracts';
import { hashToken } from '../../crypto/opaque-token.ts';
import { signedChallenge } from '../../crypto/signed-challenge.ts';
import type { Deps } from '../../deps.ts';
import { insertChallenge, useChallenge } from '../../sql/passkey-challenges.ts';

const challengeMinutes = 5;

/** How long the browser may wait for the person's finger. */
export const challengeMs = challengeMinutes * 60_000;

/** Remembers a challenge that was handed out; `userId` where it is for making a passkey. */
export async function rememberChallenge(deps: Deps, challenge: string, userId: string | null): Promise<void> {
  const now = deps.clock.now();
  const expiresAt = now.add({ minutes: challengeMinutes });
  await insertChallenge(deps.sql, { hash: hashToken(challenge), userId, now, expiresAt });
}

/**
 * The challenge that a response answers, which no other response can answer any more, whatever becomes of this one.
 * Undefined when it is not one of ours, or is too old, was answered before or was another person's.
 */
export async function redeemChallenge(
  deps: Deps,
  clientDataJSON: string,
  userId: string | null,
): Promise<string | undefined> {
  const challenge = signedChallenge(clientDataJSON);
  if (challenge === undefined) return undefined;
  const good = await useChallenge(deps.sql, { hash: hashToken(challenge), userId, now: deps.clock.now() });
  return good ? challenge : undefined;
}

/** The one answer to a passkey that could not be added. */
export const notMade = (): AppError =>
  new AppError('passkey_refused', 'The passkey could not be verified. Start again with new options.');
