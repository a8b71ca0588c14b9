import type { CreateDraftBody, RosterView } from '@muster/contracts/http/attendance-rosters';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { insertRoster, type StoredRoster } from '../../sql/rosters/rosters.ts';
import { zoneOfSite } from '../zone-of-site.ts';
import { rosterSnapshot, rosterView } from './roster-view.ts';

/**
 * Begins a roster of a site and its dates. It says nothing yet, and counts for nothing until it is published.
 * @throws AppError not_found (the site), idempotency_mismatch, request_in_progress
 */
export async function createDraft(deps: Deps, actor: Actor, body: CreateDraftBody, key?: string): Promise<RosterView> {
  authorise(actor, 'rosters.manage');
  await zoneOfSite(deps, deps.sql, body.siteId);
  const now = deps.clock.now();
  const roster: StoredRoster = {
    id: newId(),
    siteId: body.siteId,
    name: body.name ?? null,
    from: body.from,
    to: body.to,
    status: 'DRAFT',
    version: 1,
    createdBy: actor.id,
    createdAt: new Date(now.epochMilliseconds),
    publishedAt: null,
    entries: 0,
  };
  const answer = await withIdempotency({
    sql: deps.sql,
    scope: `POST /api/rosters/drafts ${actor.id}`,
    key,
    request: body,
    run: async (tx) => {
      await insertRoster(tx, roster);
      const data = { version: 1, occurredAt: now.toString(), actor: toEventActor(actor), ...rosterSnapshot(roster) };
      await insertOutbox(tx, [newEvent('attendance.roster-drafted.v1', data)]);
      return { status: 201, body: rosterView(roster) };
    },
  });
  deps.relay.wake();
  return answer.body as RosterView;
}
