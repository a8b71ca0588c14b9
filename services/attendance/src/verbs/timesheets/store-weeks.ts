import type { Tx } from '@muster/db';
import { deriveWeek, type PersonRecord } from '../../domain/days/index.ts';
import { weeksTouched } from '../../domain/timesheets/weeks-touched.ts';
import type { DateRange } from '../../sql/take-queued-days.ts';
import { listDaysOfPeople } from '../../sql/timesheets/list-days-of-people.ts';
import { saveWeeks } from '../../sql/timesheets/weeks.ts';

/** Derives the overtime weeks that days of these ranges reach into, from the days as they are stored now. Call it behind their lock. */
export async function storeWeeks(
  tx: Tx,
  records: ReadonlyMap<string, PersonRecord>,
  ranges: readonly DateRange[],
): Promise<void> {
  const touched = ranges.flatMap(({ employeeId, from, to }) => {
    const record = records.get(employeeId);
    return record ? [{ employeeId, ...weeksTouched(record, from, to) }] : [];
  });
  const ruled = touched.filter(({ weeks }) => weeks.length > 0);
  const days = await listDaysOfPeople(
    tx,
    ruled.map(({ employeeId, fromDate, toDate }) => ({ employeeId, from: fromDate, to: toDate })),
  );
  const weeks = ruled.flatMap(({ employeeId, weeks: theirs }) =>
    theirs.flatMap(({ fromMs, rules, endsOn }) => {
      const week = deriveWeek(fromMs, days.get(employeeId) ?? [], rules);
      return week && week.workedMs > 0 ? [{ ...week, employeeId, endsOn }] : [];
    }),
  );
  // Ranges of one person may share a week.
  const unique = new Map(weeks.map((week) => [`${week.employeeId} ${week.fromMs}`, week]));
  await saveWeeks(tx, touched, [...unique.values()]);
}
