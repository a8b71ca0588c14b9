import { instantOf, minuteMs, plusDays } from './calendar.ts';
import { automaticBreak, lateGraceMinutes, type Plan, type PlannedDay, type Span, shiftTimes } from './plan.ts';

/** What a day must come to. Whole minutes. */
export interface Counted {
  date: string;
  status: 'PRESENT' | 'HALF_DAY' | 'ON_LEAVE' | 'HOLIDAY' | 'ABSENT';
  worked: number;
  expected: number;
  late: number;
  isLate: boolean;
  early: number;
  overtime: number;
  /** The working time itself. */
  work: Span[];
}

/** Counts a planned day by plain arithmetic of instants. */
export function countDay(plan: Plan, day: PlannedDay): Counted {
  const isHoliday = day.date === plan.holiday;
  const work = workOf(day);
  const worked = minutesOf(work);
  const expected = isHoliday || day.leave === 'FULL' ? 0 : expectedOf(plan.zone, day);
  const { late, early } = isHoliday || day.leave === 'FULL' ? { late: 0, early: 0 } : punctualityOf(plan.zone, day);
  const overtime = isHoliday ? worked : day.leave === 'FULL' ? 0 : Math.max(0, worked - expected);
  const base = { date: day.date, worked, expected, late, isLate: late > lateGraceMinutes, early, overtime, work };
  return { ...base, status: statusOf(day, isHoliday) };
}

function statusOf(day: PlannedDay, isHoliday: boolean): Counted['status'] {
  if (day.leave === 'FULL') return 'ON_LEAVE';
  if (isHoliday) return 'HOLIDAY';
  if (day.leave !== undefined) return 'HALF_DAY';
  return day.stays.length > 0 ? 'PRESENT' : 'ABSENT';
}

/** Presence without punched breaks; of one long stay without any, half an hour after its sixth. */
function workOf({ stays, breaks }: PlannedDay): Span[] {
  const [only] = stays;
  const { minutes, afterMinutes } = automaticBreak;
  const taken = [...breaks];
  if (only !== undefined && stays.length === 1 && breaks.length === 0 && minutesOf(stays) > afterMinutes) {
    const fromMs = only.fromMs + afterMinutes * minuteMs;
    taken.push({ fromMs, toMs: fromMs + minutes * minuteMs });
  }
  return taken.reduce<Span[]>((rest, { fromMs, toMs }) => rest.flatMap((span) => cut(span, fromMs, toMs)), stays);
}

const cut = ({ fromMs, toMs }: Span, from: number, to: number): Span[] =>
  [
    { fromMs, toMs: Math.min(toMs, from) },
    { fromMs: Math.max(fromMs, to), toMs },
  ].filter((span) => span.fromMs < span.toMs);

const minutesOf = (spans: Span[]): number => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / minuteMs;

/** When the day's shifts begin and end; with leave for its second half, the first half of the day's one shift. */
function dutyOf(zone: string, day: Pick<PlannedDay, 'date' | 'shifts' | 'leave'>): Span[] {
  const spans = day.shifts.map((name) => {
    const [start, end] = shiftTimes[name];
    const endsOn = end <= start ? plusDays(day.date, 1) : day.date;
    return { fromMs: instantOf(zone, day.date, start, 'start'), toMs: instantOf(zone, endsOn, end, 'end') };
  });
  if (day.leave === undefined) return spans;
  return spans.map(({ fromMs, toMs }) => ({ fromMs, toMs: fromMs + (toMs - fromMs) / 2 }));
}

function expectedOf(zone: string, day: PlannedDay): number {
  const whole = dutyOf(zone, { date: day.date, shifts: day.shifts }).map(
    ({ fromMs, toMs }) => (toMs - fromMs) / minuteMs,
  );
  const { minutes, afterMinutes } = automaticBreak;
  const asked = whole.map((length) => (length > afterMinutes ? length - minutes : length));
  return asked.reduce((sum, length) => sum + length, 0) / (day.leave === 'SECOND_HALF' ? 2 : 1);
}

function punctualityOf(zone: string, day: PlannedDay): { late: number; early: number } {
  let [late, early] = [0, 0];
  for (const [index, { fromMs, toMs }] of dutyOf(zone, day).entries()) {
    const stay = day.stays[index];
    if (stay === undefined) continue;
    late += Math.max(0, Math.floor((stay.fromMs - fromMs) / minuteMs));
    early += Math.max(0, Math.floor((toMs - stay.toMs) / minuteMs));
  }
  return { late, early };
}
