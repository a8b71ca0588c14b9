import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { changedDates } from '../../domain/rosters/compare-shifts.ts';
import { clashOf } from '../../domain/rosters/shift-instants.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { type RosterDay, type RosterOrigin, saveRosterDays } from '../../sql/rosters/save-roster-days.ts';
import { queueChangedPlan } from './queue-changed-plan.ts';
import { readPlannedShifts } from './read-planned-shifts.ts';

/**
 * Publishes days of people, all or none, and queues what follows from them. Returns the people whose shifts are others now, in order of
 * id. Give at most some hundred people at a time, in order of id where there are more: two publishers wait for each other then, and
 * never lock each other out.
 * @throws AppError conflict when somebody else published one of the days meanwhile, or somebody would be at two shifts at once
 */
export async function publishDays(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  days: readonly RosterDay[],
  origin: RosterOrigin,
): Promise<string[]> {
  if (days.length === 0) return [];
  const ranges = [...Map.groupBy(days, ({ employeeId }) => employeeId)].map(([employeeId, own]) => {
    const dates = own.map(({ date }) => date).sort();
    // A night shift of the day before or a shift of the day after may be in the way.
    return { employeeId, from: plusDays(dates[0] ?? '', -1), to: plusDays(dates.at(-1) ?? '', 1) };
  });
  // An overlap lies in two dates, so no row of one of them can refuse it: whoever comes second must see what the first wrote.
  await lockRostersOf(
    tx,
    ranges.map(({ employeeId }) => employeeId),
  );
  const before = await readPlannedShifts(tx, ranges);
  if ((await saveRosterDays(tx, days, origin)) < days.length)
    throw new AppError('conflict', 'Somebody else published one of these days meanwhile: look at them and plan again.');
  const after = await readPlannedShifts(tx, ranges);
  const changes = ranges.flatMap(({ employeeId }) => {
    const shifts = after.get(employeeId) ?? [];
    const changed = changedDates(before.get(employeeId) ?? [], shifts);
    if (!changed) return [];
    const clash = clashOf(shifts);
    if (clash) throw clashError(employeeId, clash[0].date, clash[1].date);
    return [{ employeeId, ...changed }];
  });
  await queueChangedPlan(tx, deps, changes);
  return changes.map(({ employeeId }) => employeeId).sort();
}

function clashError(employeeId: string, date: string, other: string): AppError {
  const when = date === other ? `on ${date}` : `on ${date} and ${other}`;
  return new AppError('conflict', `Person ${employeeId} would be at two shifts at the same time, ${when}.`);
}
