import type { Client } from '@muster/client';
import type { AttendanceSummary } from '@muster/contracts/http/attendance';
import { employeeMonth } from '@muster/contracts/http/attendance-timesheets';
import { askForCorrections, takeLeave } from './ask.ts';
import { instantOf, lastClockChange, localDate, minuteMs, mondayOf, plusDays } from './calendar.ts';
import { checkPerson } from './check.ts';
import { type Counted, countDay } from './count.ts';
import { openKiosks } from './kiosks.ts';
import { type Plan, planWeek, shiftTimes } from './plan.ts';
import { declareHoliday, publishRoster } from './roster.ts';
import { type Person, setUpWeek, signedInAs, untilHeard, weekPassword } from './setup.ts';
import { untilSame } from './until-same.ts';

export interface WeekOptions {
  origin: string;
  admin: { email: string; password: string };
  now?: Date;
  progress?: (line: string) => void;
}

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

export interface WeekReport {
  zone: string;
  monday: string;
  clockChange: string | null;
  punches: { online: number; offline: number; repeatedAsNew: number; troubles: number };
  shifts: number;
  leaveDays: number;
  corrections: number;
  minutesExplained: number;
  rows: WeekRow[];
  /** What does not add up; empty is good. */
  faults: string[];
}

/** How far back a device may bring punches, with a margin: `SYNC_MAX_AGE_DAYS` is 62 unless it was set. */
const reachDays = 54;
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Africa/Casablanca',
  'America/Santiago',
] as const;

/** The week to play: one in which clocks change, near enough for its punches to be believed; the last one where none did. */
export function pickWeek(now: Date): Plan {
  for (const zone of zones) {
    const change = lastClockChange(zone, localDate(zone, now.getTime()), reachDays);
    // The night of the change is the last of its week: the shift begins on the day before.
    if (change !== undefined && isOddNight(zone, change)) return planWeek(zone, plusDays(change, -6), change);
  }
  const [zone] = zones;
  return planWeek(zone, plusDays(mondayOf(localDate(zone, now.getTime())), -7), null);
}

/** Whether the night shift that ends on that date is not eight hours long: some clocks change at midnight, a night too late. */
function isOddNight(zone: string, date: string): boolean {
  const [start, end] = shiftTimes.Night;
  const lasts = instantOf(zone, date, end, 'end') - instantOf(zone, plusDays(date, -1), start, 'start');
  return lasts !== 8 * 60 * minuteMs;
}

/** Plays a week through the public API and holds every total against what was planned. */
export async function playWeek(options: WeekOptions): Promise<WeekReport> {
  const { origin, now = new Date(), progress = () => {} } = options;
  const plan = pickWeek(now);
  const hr = await signedInAs(origin, options.admin.email, options.admin.password);
  const site = await setUpWeek(hr, plan);
  const range = { from: plan.monday, to: plusDays(plan.monday, 6) };
  for (const { id } of site.people) await untilHeard(() => hr.attendance.days({ employeeId: id, ...range }));
  progress(`${site.people.length} people, their manager and two kiosks at a site in ${plan.zone}`);

  const shifts = await publishRoster(hr, plan, site);
  await declareHoliday(hr, plan, site);
  const manager = await signedInAs(origin, site.manager.email, weekPassword);
  const asking = { origin, hr, manager, plan, site };
  const leaveDays = await takeLeave(asking);
  progress(`${shifts} shifts published, a holiday declared, ${leaveDays} days of leave approved`);

  const kiosks = await openKiosks(origin, plan, site);
  try {
    const online = await kiosks.sendOnline();
    const corrections = await askForCorrections({ ...asking, kiosks, only: 0 });
    const offline = await kiosks.sendOffline();
    progress(`${online} punches came in time, ${offline} weeks later from a kiosk without a network`);
    const corrected = corrections + (await askForCorrections({ ...asking, kiosks, only: 1 }));
    const repeatedAsNew = await kiosks.repeat();
    const troubles = await kiosks.troubles();
    progress('counting');
    const counted = plan.people.map(({ days }) => days.map((day) => countDay(plan, day)));
    const { rows, faults, minutes } = await untilSame(() => check(hr, plan, site.people, counted));
    for (const { punch, reason } of troubles) faults.push(`a punch at ${punch.occurredAt} was not taken: ${reason}`);
    if (repeatedAsNew > 0) faults.push(`${repeatedAsNew} punches sent twice were taken for new`);
    return {
      ...{ zone: plan.zone, monday: plan.monday, clockChange: plan.clockChange },
      punches: { online, offline, repeatedAsNew, troubles: troubles.length },
      ...{ shifts, leaveDays, corrections: corrected, minutesExplained: minutes, rows, faults },
    };
  } finally {
    await kiosks.close();
  }
}

const sum = (days: Counted[], pick: (day: Counted) => number): number => days.reduce((all, day) => all + pick(day), 0);

/** Days, explanations, summary and timesheet of everybody. */
async function check(hr: Client, plan: Plan, people: Person[], counted: Counted[][]) {
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
