import { AppError } from '@muster/contracts';
import type { RefreshInput, Session } from '@muster/contracts/http/auth';
import { insertOutbox, type Tx, withTransaction } from '@muster/db';
import { hashToken, newToken } from '../crypto/opaque-token.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Deps } from '../deps.ts';
import { type Client, userAsActor } from '../domain/client.ts';
import { decideRefresh, REUSED } from '../domain/decide-refresh.ts';
import { slidingEnd } from '../domain/session-life.ts';
import { maySignIn, type User } from '../domain/user.ts';
import { holdUser } from '../sql/find-user.ts';
import {
  findRefreshTokenUser,
  insertRefreshToken,
  lockRefreshToken,
  rotateRefreshToken,
} from '../sql/refresh-tokens.ts';
import { revokeSession, touchSession } from '../sql/sessions.ts';
import { sessionRevoked } from './shared/end-sessions.ts';
import { type OpenedSession, toSession } from './shared/open-session.ts';

const purpose = 'muster refresh successor';

/**
 * Exchanges a refresh token for the next one. Within 10 s of the exchange the old one yields the same successor (racing
 * tabs); later its use ends the family with `refresh_reused`. Anything else that is not good is `invalid_token`.
 */
export async function refresh(deps: Deps, client: Client, { refreshToken }: RefreshInput): Promise<Session> {
  const outcome = await withTransaction(deps.sql, (tx) => exchange(tx, deps, client, refreshToken));
  if (outcome === 'refuse') throw new AppError('invalid_token', 'The refresh token is not valid. Sign in again.');
  if (outcome === 'reused') {
    deps.relay.wake();
    await deps.revocations.reload();
    throw new AppError('refresh_reused', 'This refresh token had been used before: the session has been ended.');
  }
  return toSession(deps, outcome);
}

async function exchange(
  tx: Tx,
  deps: Deps,
  client: Client,
  refreshToken: string,
): Promise<OpenedSession | 'refuse' | 'reused'> {
  const hash = hashToken(refreshToken);
  const userId = await findRefreshTokenUser(tx, hash);
  const user = userId === undefined ? undefined : await holdUser(tx, userId);
  const token = user === undefined ? undefined : await lockRefreshToken(tx, hash);
  if (user === undefined || token === undefined) return 'refuse';

  const now = deps.clock.now();
  const decision = decideRefresh(
    {
      expiresAt: token.expiresAt.toTemporalInstant(),
      rotatedAt: token.rotatedAt?.toTemporalInstant() ?? null,
      sessionRevokedFor: token.revokeReason,
      maySignIn: maySignIn(user),
    },
    now,
  );
  if (decision === 'refuse') return decision;
  if (decision === 'reused') {
    await endFamily(tx, user, token.sessionId, client, now);
    return decision;
  }
  const expiresAt = slidingEnd(now, token.absoluteExpiresAt.toTemporalInstant(), deps.settings.sessionLife);
  const next =
    decision === 'repeat' && token.successor !== null
      ? unseal(token.successor, refreshToken, purpose)
      : await rotate(tx, { sessionId: token.sessionId, old: refreshToken, ip: client.ip, now, expiresAt });
  return { user, sessionId: token.sessionId, refreshToken: next, expiresAt };
}

async function rotate(
  tx: Tx,
  s: { sessionId: string; old: string; ip: string | undefined; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<string> {
  const { sessionId, now, expiresAt } = s;
  const next = newToken();
  await rotateRefreshToken(tx, { hash: hashToken(s.old), successor: seal(next, s.old, purpose), now });
  await insertRefreshToken(tx, { hash: hashToken(next), sessionId, now, expiresAt });
  await touchSession(tx, { id: sessionId, ip: s.ip, now, expiresAt });
  return next;
}

async function endFamily(tx: Tx, user: User, sessionId: string, client: Client, now: Temporal.Instant): Promise<void> {
  if (!(await revokeSession(tx, sessionId, REUSED, now))) return;
  const actor = userAsActor(user, client);
  await insertOutbox(tx, [sessionRevoked(user, [sessionId], { actor, reason: REUSED, now })]);
}
