import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { DayContext } from '../../day-sources.ts';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { applyChanges, type ChangeRefusal, type RosterChange } from '../../domain/roster-changes/apply-changes.ts';
import { findPeople } from '../../sql/find-people.ts';
import { selectApprovedHalves } from '../../sql/leave/leave-days.ts';
import { findRosterDayVersions, type RosterDay, type RosterOrigin } from '../../sql/rosters/save-roster-days.ts';
import { publishDays } from '../rosters/publish-days.ts';

/** Whose roster changes, and how. */
export interface PersonChange extends RosterChange {
  employeeId: string;
}

// A shift of a whole day that began yesterday ends today, or tomorrow on the night the clocks go back.
const reachDays = 2;

const words: Record<ChangeRefusal, string> = {
  NOT_THERE: 'The shift is not in the roster (any more).',
  THERE_ALREADY: 'The person has this shift already.',
  OVERLAP: 'The person would have two shifts at the same time.',
  OTHER_ZONE: 'The person has a shift in another time zone on that date.',
  TOO_MANY: 'The person has too many shifts on that date.',
};

/** Whether these changes could be made now; throws `conflict` with the reason if not. Take their lock (`lockRostersOf`) before. */
export async function checkRosterChanges(deps: Deps, tx: Tx, changes: readonly PersonChange[]): Promise<void> {
  await planChanges(deps, tx, changes);
}

/**
 * Publishes changes of people's rosters, all or none: the days they touch are derived again, and the sites' headcount follows. Take their
 * lock (`lockRostersOf`) before.
 * @throws AppError conflict: not there any more, an overlap, leave, not employed, somebody else was first
 */
export async function changeRosters(
  deps: Deps,
  tx: Tx,
  changes: readonly PersonChange[],
  origin: RosterOrigin,
): Promise<void> {
  const planned = await planChanges(deps, tx, changes);
  const versions = await findRosterDayVersions(tx, planned);
  const days = planned.map(
    (day): RosterDay => ({ ...day, baseVersion: versions.get(`${day.employeeId} ${day.date}`) ?? 0 }),
  );
  await publishDays(tx, deps, days, origin);
}

async function planChanges(
  deps: Deps,
  tx: Tx,
  changes: readonly PersonChange[],
): Promise<Omit<RosterDay, 'baseVersion'>[]> {
  const ids = changes.map(({ employeeId }) => employeeId);
  const people = await findPeople(tx, ids);
  const contexts = await deps.daySources(tx, changes.map(reachOf), deps.clock.now().epochMilliseconds);
  await refuseOnLeave(tx, changes);
  return changes.flatMap((change) => {
    const person = people.get(change.employeeId);
    const context = contexts.get(change.employeeId);
    if (person?.status !== 'active' || !context) throw new AppError('conflict', 'The person does not work here.');
    refuseOutside(change, context);
    const result = applyChanges(context.shifts, change);
    if ('refused' in result) throw new AppError('conflict', words[result.refused]);
    return result.days.map((day) => ({ employeeId: change.employeeId, siteId: person.siteId, ...day }));
  });
}

/** Not what a day says of leave: there a date without a shift is no leave but a day off, which is what somebody gains a shift on. */
async function refuseOnLeave(tx: Tx, changes: readonly PersonChange[]): Promise<void> {
  const gained = changes.flatMap(({ employeeId, gains }) =>
    gains.map(({ date }) => ({ employeeId, from: date, to: date })),
  );
  if (gained.length > 0 && (await selectApprovedHalves(tx, gained)).length > 0)
    throw new AppError('conflict', 'The person is on leave on that date.');
}

function refuseOutside({ gains }: PersonChange, { joinedOn, leftOn }: DayContext): void {
  for (const { date } of gains)
    if ((joinedOn !== null && date < joinedOn) || (leftOn !== null && date > leftOn))
      throw new AppError('conflict', 'The person is not employed on that date.');
}

function reachOf({ employeeId, loses, gains }: PersonChange): { employeeId: string; from: string; to: string } {
  const dates = [...loses, ...gains].map(({ date }) => date).sort();
  const [first = '', last = first] = [dates[0], dates.at(-1)];
  return { employeeId, from: plusDays(first, -reachDays), to: plusDays(last, reachDays) };
}
