import { askForCorrections, takeLeave } from './ask.ts';
import { plusDays } from './calendar.ts';
import { checkWeek, type WeekRow } from './check-week.ts';
import { countDay } from './count.ts';
import { openKiosks } from './kiosks.ts';
import { pickWeek } from './pick-week.ts';
import { declareHoliday, publishRoster } from './roster.ts';
import { setUpWeek, signedInAs, untilHeard, weekPassword } from './setup.ts';
import { untilSame } from './until-same.ts';

export interface WeekOptions {
  origin: string;
  admin: { email: string; password: string };
  now?: Date;
  progress?: (line: string) => void;
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
    progress(`${online} punches came in time, ${offline} came weeks after from a kiosk without a network`);
    const corrected = corrections + (await askForCorrections({ ...asking, kiosks, only: 1 }));
    const repeatedAsNew = await kiosks.repeat();
    const troubles = await kiosks.troubles();
    progress('counting');
    const counted = plan.people.map(({ days }) => days.map((day) => countDay(plan, day)));
    const { rows, faults, minutes } = await untilSame(() => checkWeek(hr, plan, site.people, counted));
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
