import type { DraftView } from '@muster/contracts/http/attendance-rosters';
import type { Db } from '@muster/db';
import type { Actor, Scope } from '@muster/identity';
import { listEntriesOnLeave } from '../../sql/rosters/entries-on-leave.ts';
import type { StoredRoster } from '../../sql/rosters/rosters.ts';
import { managerOf } from './plannable.ts';
import { rosterView } from './roster-view.ts';

const mostTold = 100;

/** A roster as its planner sees it: with the leave it plans over, of people whose leave they may see. */
export async function draftView(db: Db, actor: Actor, scope: Scope, roster: StoredRoster): Promise<DraftView> {
  const onLeave = await listEntriesOnLeave(db, roster, managerOf(actor, scope), mostTold);
  return { ...rosterView(roster), onLeave };
}
