import { describeDay } from './describe-day.ts';
import { dutyLayers } from './explain-duty.ts';
import { type Layer, layer } from './explanation.ts';
import { type Interval, intersection, slice } from './intervals.ts';
import type { PersonRecord } from './person-record.ts';
import type { Workings } from './workings.ts';

/** From the strongest reason to the weakest: the first that covers an instant is why. The last covers everything. */
export function layersOf(record: PersonRecord, workings: Workings): Layer[] {
  const { rules, duty, paired, time, windows } = workings;
  const day = describeDay(record, workings);
  const none = (): string[] => [];
  const stays = paired.stays.map((stay) => ({ ...stay, toMs: stay.toMs ?? stay.fromMs }));
  const staysOf = ({ fromMs, toMs }: Interval): string[] => {
    const touching = stays.filter((stay) => stay.fromMs < toMs && stay.toMs > fromMs);
    // Between the first and the last punch: both stand for the time in the middle.
    const reason = touching.length > 0 ? touching : stays;
    return reason.flatMap(({ inId, outId }) => (outId === null ? [inId] : [inId, outId]));
  };
  const breaksOf = ({ fromMs, toMs }: Interval): string[] =>
    paired.breaks
      .filter((one) => one.fromMs < toMs && (one.toMs ?? one.fromMs) > fromMs)
      .flatMap(({ startId, endId }) => (endId === null ? [startId] : [startId, endId]));
  const leaveIds = (): string[] => day.leaveIds;
  const whole = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }];
  const closedStays = stays.filter(({ fromMs, toMs }) => toMs > fromMs);
  const work = new Set(day.stays.filter(({ shiftId }) => shiftId !== null).map(({ inId }) => inId));
  const overtime = day.overtime ? slice(time.work, day.workedMs - day.overtime.workedMs, day.workedMs) : [];
  const paid = windows[0]?.shift.breaks ?? rules.breaks;
  const workIn = (spans: readonly Interval[]): Interval[] => intersection(time.work, spans);
  const open = paired.stays.flatMap((stay, i) => {
    if (stay.toMs !== null) return [];
    const until = paired.stays[i + 1]?.fromMs ?? Math.max(workings.overAtMs, stay.fromMs);
    return [{ fromMs: stay.fromMs, toMs: until }];
  });
  const openIds = ({ fromMs }: Interval): string[] =>
    paired.stays
      .filter((stay) => stay.toMs === null && stay.fromMs <= fromMs)
      .map(({ inId }) => inId)
      .slice(-1);
  const gaps = stays.slice(1).map((stay, i) => ({ fromMs: stays[i]?.toMs ?? stay.fromMs, toMs: stay.fromMs }));

  return [
    layer('break.punched', time.unpaid, 'A punched break, not paid.', breaksOf),
    layer('break.automatic', time.automatic, 'No break was punched: the shift’s own is taken off once.', staysOf),
    layer('overtime.day', overtime, 'Work beyond what the day asked for.', staysOf),
    layer('break.paid', paid.punched === 'PAID' ? workIn(time.breaks) : [], 'A punched break, paid.', breaksOf),
    layer(
      'work.shift',
      workIn(closedStays.filter(({ inId }) => work.has(inId))),
      'Work in a stay that began in the shift’s window.',
      staysOf,
    ),
    layer('work.off-shift', workIn(closedStays), 'Work in a stay that began outside every shift’s window.', staysOf),
    layer('work.first-to-last', time.work, 'Between the first check-in and the last check-out.', staysOf),
    layer('stay.no-check-out', open, 'Checked in, and no check-out is known: nothing is counted.', openIds),
    ...dutyLayers(workings, day),
    layer('gap.between-stays', gaps, 'Out between two stays: a break.', staysBeside(paired.stays)),
    layer('leave', leaveOf(workings, whole), 'On leave.', leaveIds),
    layer('holiday', duty.kind === 'HOLIDAY' ? whole : [], 'A public holiday.', () => ids(day.holidayId)),
    layer('weekly-off', duty.kind === 'WEEKLY_OFF' ? whole : [], 'A day off every week.', () => ids(day.holidayId)),
    layer('not-employed', duty.kind === 'NOT_EMPLOYED' ? whole : [], 'Outside of the employment.', none),
    layer('free', whole, 'No shift asks for this time.', none),
  ];
}

const ids = (id: string | null): string[] => (id === null ? [] : [id]);

const staysBeside =
  (stays: Workings['paired']['stays']) =>
  ({ fromMs, toMs }: Interval): string[] =>
    stays.flatMap((stay) => [
      ...(stay.toMs === fromMs ? ids(stay.outId) : []),
      ...(stay.fromMs === toMs ? [stay.inId] : []),
    ]);

/** All of the day, or the half of its shifts that leave took. */
function leaveOf({ duty, windows }: Workings, whole: Interval[]): Interval[] {
  if (duty.kind === 'ON_LEAVE') return whole;
  if (duty.leave.length === 0 || duty.kind !== 'WORKDAY') return [];
  return windows.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }));
}
