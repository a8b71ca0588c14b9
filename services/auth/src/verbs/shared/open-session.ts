import type { Session } from '@muster/contracts/http/auth';
import type { Tx } from '@muster/db';
import { signAccessToken } from '@muster/identity';
import { v7 } from 'uuid';
import { hashToken, newToken } from '../../crypto/opaque-token.ts';
import type { Deps } from '../../deps.ts';
import { addressRange } from '../../domain/address-range.ts';
import type { Client } from '../../domain/client.ts';
import { absoluteEnd, accessEnd, slidingEnd } from '../../domain/session-life.ts';
import { setupAudience } from '../../domain/setup-audience.ts';
import type { User } from '../../domain/user.ts';
import { rememberPlace } from '../../sql/known-places.ts';
import { insertMail } from '../../sql/mails.ts';
import { insertRefreshToken } from '../../sql/refresh-tokens.ts';
import { insertSession } from '../../sql/sessions.ts';
import { owesTotp } from './owes-totp.ts';
import { toAccountUser } from './to-account-user.ts';

/** What a sign-in leaves in the database, with the one copy of the refresh token. */
export interface OpenedSession {
  user: User;
  sessionId: string;
  refreshToken: string;
  /** Unused until then it ends; no access token of it lives longer. */
  expiresAt: Temporal.Instant;
}

/**
 * Begins a session in the open transaction, and remembers where. A place the account was never used at is told to its owner
 * by mail, unless it is its first or the device is known.
 */
export async function openSession(
  tx: Tx,
  { settings: { sessionLife } }: Pick<Deps, 'settings'>,
  user: User,
  client: Client,
  now: Temporal.Instant,
  o: { knownDevice?: boolean } = {},
): Promise<OpenedSession> {
  const sessionId = v7();
  const refreshToken = newToken();
  const absoluteExpiresAt = absoluteEnd(now, sessionLife);
  const expiresAt = slidingEnd(now, absoluteExpiresAt, sessionLife);
  await insertSession(tx, { id: sessionId, userId: user.id, ...client, now, expiresAt, absoluteExpiresAt });
  await insertRefreshToken(tx, { hash: hashToken(refreshToken), sessionId, now, expiresAt });
  const place = await rememberPlace(tx, { userId: user.id, place: addressRange(client.ip).place, now });
  if (place.isNew && !place.isFirst && o.knownDevice !== true) {
    await insertMail(tx, { kind: 'new-sign-in', userId: user.id, now, details: { ...client, at: now.toString() } });
  }
  return { user, sessionId, refreshToken, expiresAt };
}

/** The answer to a sign-in or a refresh, with a fresh access token. */
export async function toSession(deps: Deps, opened: OpenedSession): Promise<Session> {
  const { user, sessionId, refreshToken, expiresAt } = opened;
  const { issuer, audience, accessTokenSeconds } = deps.settings;
  const { id, role, name, email, tokenVersion } = user;
  const isLimited = await owesTotp(deps, user);
  const aud = isLimited ? setupAudience(audience) : audience;
  const key = await deps.keys.signing();
  const iat = Math.floor(deps.clock.now().epochMilliseconds / 1000);
  const exp = accessEnd(iat, accessTokenSeconds, expiresAt);
  const accessToken = await signAccessToken(
    { iss: issuer, aud, sub: id, sid: sessionId, ver: tokenVersion, role, name, email, iat, exp },
    key.privateKey,
    key.kid,
  );
  return {
    accessToken,
    refreshToken,
    tokenType: 'Bearer',
    expiresIn: exp - iat,
    ...(isLimited && { limitedTo: 'two-factor-setup' as const }),
    user: toAccountUser(user),
  };
}
