import type { Client } from '@muster/client';
import type { AttendanceSummary } from '@muster/contracts/http/attendance';
import { employeeMonth } from '@muster/contracts/http/attendance-timesheets';
import { plusDays } from './calendar.ts';
import { checkPerson } from './check.ts';
import type { Counted } from './count.ts';
import type { Plan } from './plan.ts';
import type { Person } from './setup.ts';

export interface WeekRow {
  name: string;
  story: string;
  worked: number;
  expected: number;
  overtime: number;
  late: number;
  leaveDays: number;
  isRight: boolean;
}

const sum = (days: Counted[], pick: (day: Counted) => number): number => days.reduce((all, day) => all + pick(day), 0);

/** Days, explanations, summary and timesheet of everybody. */
export async function checkWeek(hr: Client, plan: Plan, people: Person[], counted: Counted[][]) {
  const faults: string[] = [];
  const rows: WeekRow[] = [];
  let minutes = 0;
  for (const [index, { name, story, days: planned }] of plan.people.entries()) {
    const days = counted[index] as Counted[];
    const { id } = people[index] as Person;
    const checked = await checkPerson(hr, id, name, days);
    const found = [...checked.faults, ...(await totalsOf(hr, plan, id, name, days))];
    minutes += checked.minutes;
    faults.push(...found);
    rows.push({
      ...{ name, story, isRight: found.length === 0 },
      worked: sum(days, ({ worked }) => worked),
      expected: sum(days, ({ expected }) => expected),
      overtime: sum(days, ({ overtime }) => overtime),
      late: sum(days, ({ late }) => late),
      leaveDays: planned.reduce((all, { leave }) => all + (leave === 'FULL' ? 1 : leave === undefined ? 0 : 0.5), 0),
    });
  }
  return { rows, faults, minutes };
}

/** The summary of the week and the timesheets of its months: the same sums by other ways. */
async function totalsOf(hr: Client, plan: Plan, employeeId: string, name: string, days: Counted[]): Promise<string[]> {
  const [from, to] = [plan.monday, plusDays(plan.monday, 6)];
  const summary: AttendanceSummary = await hr.attendance.summary({ employeeId, from, to });
  const worked = sum(days, (day) => day.worked);
  const months = [...new Set([from, to].map((date) => date.slice(0, 7)))];
  const sheets = await Promise.all(
    months.map((month) => {
      const path = `/api/attendance/timesheets/${employeeId}`;
      return hr.send({ method: 'GET', path, query: { month }, answer: employeeMonth });
    }),
  );
  const total = (pick: (totals: (typeof sheets)[0]['totals']) => number): number =>
    sheets.reduce((all, { totals }) => all + pick(totals), 0);
  const pairs: [string, number, number][] = [
    ['summary: worked', summary.workedMinutes, worked],
    ['timesheet: worked', total((one) => one.workedMinutes), worked],
    ['timesheet: expected', total((one) => one.expectedMinutes), sum(days, (day) => day.expected)],
    ['timesheet: late', total((one) => one.late.minutes), sum(days, (day) => day.late)],
    ['timesheet: on leave', total((one) => one.days.onLeave), days.filter((day) => day.status === 'ON_LEAVE').length],
    ['timesheet: holiday', total((one) => one.days.holiday), days.filter((day) => day.status === 'HOLIDAY').length],
  ];
  return pairs.flatMap(([what, got, want]) => (got === want ? [] : [`${name}: ${what} ${got}, should be ${want}`]));
}
