import { AppError, type Page, toPage } from '@muster/contracts';
import type { ListedSession } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { deviceOf } from '../domain/device-of.ts';
import { findUser } from '../sql/find-user.ts';
import { listSessions as selectSessions } from '../sql/list-sessions.ts';

type Query = { page: number; limit: number };

/** Where the person who asks is signed in, the last used first. */
export const listOwnSessions = (deps: Deps, actor: Actor, query: Query): Promise<Page<ListedSession>> =>
  list(deps, actor, actor.id, query);

/** Where somebody is signed in. Administrators only; `not_found` for a deleted account, too. */
export async function listSessionsOf(
  deps: Deps,
  actor: Actor,
  userId: string,
  query: Query,
): Promise<Page<ListedSession>> {
  authorise(actor, 'users.manage');
  if ((await findUser(deps.sql, userId)) === undefined) throw new AppError('not_found', 'No such user.');
  return list(deps, actor, userId, query);
}

async function list(deps: Deps, actor: Actor, userId: string, { page, limit }: Query): Promise<Page<ListedSession>> {
  const { sessions, total } = await selectSessions(deps.sql, { userId, now: deps.clock.now(), page, limit });
  const listed = sessions.map((session) => ({
    id: session.id,
    device: deviceOf(session.userAgent),
    ip: session.ip,
    place: deps.settings.placeOf(session.ip),
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === actor.sessionId,
  }));
  return toPage(listed, total, { page, limit });
}
