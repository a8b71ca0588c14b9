import type { LeaveDay } from '../domain/days/index.ts';
import { leaveParts } from '../domain/leave/leave-parts.ts';
import { selectApprovedHalves } from '../sql/leave/leave-days.ts';
import { holidaySource } from './holiday-source.ts';
import { rosterSource } from './roster-source.ts';
import type { Source } from './source.ts';

/**
 * Approved leave. A day that was off when the leave was asked for stays what it was, a weekend or a holiday; only where a shift was
 * planned on it since it excuses from that.
 */
export const leaveSource: Source<'leave'> = async (db, ranges, nowMs) => {
  const halves = await selectApprovedHalves(db, ranges);
  const free = new Set(halves.filter(({ charged }) => !charged).map(({ employeeId }) => employeeId));
  const asked = ranges.filter(({ employeeId }) => free.has(employeeId));
  const [shifts, off] = [new Set<string>(), new Set<string>()];
  if (asked.length > 0) {
    for (const [id, plan] of await rosterSource(db, asked, nowMs))
      for (const { date } of plan.shifts) shifts.add(`${id} ${date}`);
    for (const [id, calendar] of await holidaySource(db, asked, nowMs))
      for (const { date } of calendar.holidays) off.add(`${id} ${date}`);
  }
  const counting = halves.filter(({ charged, employeeId, date }) => {
    const day = `${employeeId} ${date}`;
    return charged || (shifts.has(day) && !off.has(day));
  });
  const byPerson = Map.groupBy(counting, ({ employeeId }) => employeeId);
  return new Map([...byPerson].map(([id, own]): [string, { leave: LeaveDay[] }] => [id, { leave: leaveParts(own) }]));
};
