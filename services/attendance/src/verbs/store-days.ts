import type { Tx } from '@muster/db';
import { cutAtLocks, isLocked } from '../domain/corrections/locked-months.ts';
import { type AttendanceDay, deriveWithStays } from '../domain/days/index.ts';
import { storedThrough } from '../domain/rosters/planned-through.ts';
import { flatMapInTurns } from '../in-turns.ts';
import { findLockedMonths } from '../sql/corrections/find-locked-months.ts';
import { keepWaitingDays } from '../sql/corrections/keep-waiting-days.ts';
import { lockDaysOf } from '../sql/lock-days-of.ts';
import { saveDays } from '../sql/save-days.ts';
import type { DateRange } from '../sql/take-queued-days.ts';
import { alignSessions } from './align-sessions.ts';
import { storeLivePlans } from './live/store-live-plans.ts';
import { type DeriveDeps, readRecords } from './read-records.ts';
import { storeWeeks } from './timesheets/store-weeks.ts';

/**
 * Derives the days of these ranges from what is committed now, and stores them. Days of a locked month stay as they are: what they would
 * be waits in `waiting_days`. Sessions say of their shift what the days say. Safe beside other processes doing the same.
 */
export async function storeDays(tx: Tx, deps: DeriveDeps, ranges: readonly DateRange[]): Promise<void> {
  if (ranges.length === 0) return;
  await lockDaysOf(
    tx,
    ranges.map(({ employeeId }) => employeeId),
  );
  // Only behind the lock, the clock too: who comes last has seen everything that those before saw.
  const records = await readRecords(tx, deps, wholeRanges(ranges));
  // What is only planned is stored from the day before: else how far ahead rows reach would depend on who asked last.
  const ahead = storedThrough(deps.clock.now().epochMilliseconds);
  const derived = await flatMapInTurns(ranges, ({ employeeId, from, to }) => {
    const record = records.get(employeeId);
    return record ? [deriveWithStays(record, from, to)] : [];
  });
  const days = derived.flatMap((one) => one.days.filter((day) => day.date <= ahead || isKnown(day)));
  const locked = await findLockedMonths(tx, ranges);
  const { open, closed } = cutAtLocks(ranges, locked);
  await saveDays(
    tx,
    open,
    days.filter((day) => !isLocked(locked, day)),
    deps.clock.now().epochMilliseconds,
  );
  await storeWeeks(tx, records, open);
  await storeLivePlans(tx, records, ranges, deps.clock.now().epochMilliseconds);
  if (closed.length > 0)
    await keepWaitingDays(
      tx,
      closed,
      days.filter((day) => isLocked(locked, day)),
      deps.clock.now().epochMilliseconds,
    );
  // Last, so that the door waits no longer than it must for the few sessions that are written.
  await alignSessions(
    tx,
    derived.flatMap(({ counts }) => counts.filter((count) => !isLocked(locked, count))),
  );
}

/** Whether more than a plan makes it a day: facts, or leave that was granted. */
const isKnown = ({ stays, unpairedIds, conflicts, leaveIds }: AttendanceDay): boolean =>
  stays.length > 0 || unpairedIds.length > 0 || conflicts.length > 0 || leaveIds.length > 0;

/** Each person's ranges as one, for what is read about them. */
function wholeRanges(ranges: readonly DateRange[]): DateRange[] {
  const whole = new Map<string, DateRange>();
  for (const { employeeId, from, to } of ranges) {
    const known = whole.get(employeeId);
    whole.set(employeeId, {
      employeeId,
      from: known && known.from < from ? known.from : from,
      to: known && known.to > to ? known.to : to,
    });
  }
  return [...whole.values()];
}
