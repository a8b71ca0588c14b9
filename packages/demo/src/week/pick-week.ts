import { instantOf, lastClockChange, localDate, minuteMs, mondayOf, plusDays } from './calendar.ts';
import { type Plan, shiftTimes } from './plan.ts';
import { planWeek } from './plan-week.ts';

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
