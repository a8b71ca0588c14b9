import { AppError, matchVersion } from '@muster/contracts';
import type { DraftView } from '@muster/contracts/http/attendance-rosters';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, type Scope, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listPlannable } from '../../sql/rosters/list-plannable.ts';
import {
  listDaysToPublish,
  listRosterPeople,
  listRosterShiftTypes,
  listStaleEntries,
} from '../../sql/rosters/roster-entries.ts';
import { lockRoster, markPublished, type StoredRoster } from '../../sql/rosters/rosters.ts';
import { holdShiftTypes } from '../../sql/rosters/shift-types.ts';
import { zoneOfSite } from '../zone-of-site.ts';
import { draftView } from './draft-view.ts';
import { managerOf } from './plannable.ts';
import { publishDays } from './publish-days.ts';
import { noSuchRoster, rosterSnapshot, visibleRoster } from './roster-view.ts';

const peopleAtATime = 500;
const peopleAnEvent = 1000;

/**
 * Publishes a draft as a whole: from now on it counts. Publishing it again changes nothing and answers the same.
 * @throws AppError not_found, version_mismatch, conflict (a day was published by somebody else since it was drafted, a shift type was
 * retired, somebody is no longer the actor's to plan for, or would be at two shifts at once)
 */
export async function publishRoster(deps: Deps, actor: Actor, id: string, ifMatch?: string): Promise<DraftView> {
  const scope = authorise(actor, 'rosters.manage');
  await visibleRoster(deps, actor, scope, id);
  const roster = await withTransaction(deps.sql, async (tx): Promise<StoredRoster> => {
    const draft = await lockRoster(tx, id);
    if (!draft) throw noSuchRoster();
    if (draft.status === 'PUBLISHED') return draft;
    matchVersion(ifMatch, draft.version);
    const people = await checkDraft(tx, actor, scope, id);
    const changed = await publishInParts(tx, deps, draft, people);
    const now = deps.clock.now();
    const version = draft.version + 1;
    await markPublished(tx, id, { version, by: actor.id, at: new Date(now.epochMilliseconds) });
    const data = { version, occurredAt: now.toString(), actor: toEventActor(actor), ...rosterSnapshot(draft) };
    const groups = inGroups(changed, peopleAnEvent);
    await insertOutbox(
      tx,
      (groups.length > 0 ? groups : [[]]).map((employeeIds) =>
        newEvent('attendance.roster-published.v1', { ...data, employeeIds }),
      ),
    );
    return (await lockRoster(tx, id)) ?? draft;
  });
  deps.relay.wake();
  return draftView(deps.sql, actor, scope, roster);
}

/** The people of a draft that may be published; shift types are held as they are until the transaction ends. */
async function checkDraft(tx: Tx, actor: Actor, scope: Scope, id: string): Promise<string[]> {
  const people = await listRosterPeople(tx, id);
  const mine = await listPlannable(tx, people, managerOf(actor, scope));
  const lost = people.find((one) => !mine.has(one));
  if (lost !== undefined)
    throw new AppError('conflict', `Person ${lost} is not there any more, or not yours to plan for.`);
  const shiftTypes = await listRosterShiftTypes(tx, id);
  const there = await holdShiftTypes(tx, shiftTypes);
  const gone = shiftTypes.find((one) => !there.has(one));
  if (gone !== undefined) throw new AppError('conflict', `Shift type ${gone} was retired meanwhile.`);
  const stale = await listStaleEntries(tx, id, 10);
  if (stale.length > 0) {
    const which = stale.map(({ employeeId, date }) => `${employeeId} on ${date}`).join(', ');
    throw new AppError('conflict', `Somebody else published meanwhile: ${which}. Look at them and put them again.`);
  }
  return people;
}

async function publishInParts(tx: Tx, deps: Deps, draft: StoredRoster, people: string[]): Promise<string[]> {
  const zone = await zoneOfSite(deps, tx, draft.siteId);
  const changed: string[] = [];
  for (const part of inGroups(people, peopleAtATime)) {
    const days = await listDaysToPublish(tx, draft, zone, part);
    changed.push(...(await publishDays(tx, deps, days, { origin: 'ROSTER', originId: draft.id })));
  }
  return changed;
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
