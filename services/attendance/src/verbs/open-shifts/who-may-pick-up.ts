import type { Db } from '@muster/db';
import type { PlannedShift } from '../../domain/days/index.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { applyChanges } from '../../domain/roster-changes/apply-changes.ts';
import type { RosterShift } from '../../domain/rosters/expand-plan.ts';
import { listPeopleFree } from '../../sql/open-shifts/list-people-free.ts';
import { readPlannedShifts } from '../rosters/read-planned-shifts.ts';

const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * The people of a site who could have this shift in their roster as it is now, up to `limit` at a time, in order of id: who is on leave or
 * works at that time is not among them.
 */
export async function* whoMayPickUp(
  db: Db,
  siteId: string,
  shift: PlannedShift,
  limit: number,
): AsyncGenerator<string[]> {
  for (let after = lowestId; ; ) {
    const people = await listPeopleFree(db, { siteId, date: shift.date }, after, limit);
    const last = people.at(-1);
    if (last === undefined) return;
    after = last;
    const [from, to] = [plusDays(shift.date, -2), plusDays(shift.date, 2)];
    const planned = await readPlannedShifts(
      db,
      people.map((employeeId) => ({ employeeId, from, to })),
    );
    yield people.filter((id) => 'days' in applyChanges(asPlanned(planned.get(id)), { loses: [], gains: [shift] }));
    if (people.length < limit) return;
  }
}

const asPlanned = (shifts: readonly RosterShift[] = []): PlannedShift[] =>
  shifts.map((shift) => ({ ...shift, source: 'ASSIGNMENT' }));
