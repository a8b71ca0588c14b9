import { AppError } from '@muster/contracts';
import type { RosterView } from '@muster/contracts/http/attendance-rosters';
import type { Actor, Scope } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findRoster, type StoredRoster } from '../../sql/rosters/rosters.ts';
import { reaches } from '../reaches.ts';

export const noSuchRoster = (): AppError => new AppError('not_found', 'There is no such roster.');

/** A roster as clients see it. */
export function rosterView({ createdAt, publishedAt, ...roster }: StoredRoster): RosterView {
  return { ...roster, createdAt: createdAt.toISOString(), publishedAt: publishedAt?.toISOString() ?? null };
}

/** What events carry of a roster. */
export const rosterSnapshot = ({ id, siteId, from, to }: StoredRoster) => ({ rosterId: id, siteId, from, to });

/**
 * A roster that the actor planned, or somebody below them; any for whom the scope is `all`.
 * @throws AppError not_found
 */
export async function visibleRoster(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  scope: Scope,
  id: string,
): Promise<StoredRoster> {
  const roster = await findRoster(deps.sql, id);
  if (!roster || !(await reaches(deps, actor, scope, roster.createdBy))) throw noSuchRoster();
  return roster;
}

/**
 * Of a locked roster: that it is still there, and still a draft.
 * @throws AppError not_found, conflict
 */
export function asDraft(roster: StoredRoster | undefined): StoredRoster {
  if (!roster) throw noSuchRoster();
  if (roster.status !== 'DRAFT') throw new AppError('conflict', 'This roster is published: make another one.');
  return roster;
}
