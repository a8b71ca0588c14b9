import type { EmployeeMonth } from '@muster/contracts/http/attendance-timesheets';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeDayAnswer } from '../../domain/describe-day-answer.ts';
import { isoInstant } from '../../domain/instant.ts';
import { describeTimesheet } from '../../domain/timesheets/describe-timesheet.ts';
import { minutesOf } from '../../domain/timesheets/describe-totals.ts';
import { datesOfMonth } from '../../domain/timesheets/month.ts';
import { addUp } from '../../domain/timesheets/sums.ts';
import { listDays } from '../../sql/list-days.ts';
import { findPersonOfMonth } from '../../sql/timesheets/find-person-of-month.ts';
import { listWeeks } from '../../sql/timesheets/weeks.ts';
import { findReachable } from './find-reachable.ts';
import { leaveNamer } from './leave-namer.ts';

/** A person's month: its days as they are stored, the weeks that end in it, and their sum. Throws `not_found` for whoever is out of reach. */
export async function getEmployeeMonth(
  deps: Deps,
  actor: Actor,
  employeeId: string,
  month: string,
): Promise<EmployeeMonth> {
  await findReachable(deps, actor, authorise(actor, 'timesheets.read'), employeeId);
  const { from, to } = datesOfMonth(month);
  const [person, days, weeks, named] = await Promise.all([
    findPersonOfMonth(deps.sql, employeeId, from),
    listDays(deps.sql, employeeId, from, to),
    listWeeks(deps.sql, employeeId, from, to),
    leaveNamer(deps.sql),
  ]);
  return {
    ...describeTimesheet(month, named({ employeeId, ...person, sums: addUp(days, weeks) })),
    days: days.map(describeDayAnswer),
    weeks: weeks.map((week) => ({
      fromAt: isoInstant(week.fromMs),
      toAt: isoInstant(week.toMs),
      rules: week.rules,
      workedMinutes: minutesOf(week.workedMs),
      byDayMinutes: minutesOf(week.byDayMs),
      countedMinutes: minutesOf(week.countedMs),
      weightedMinutes: minutesOf(week.weightedMs),
    })),
  };
}
