import { localDay } from '../local-day.ts';
import { type AttendanceDay, type DayFlag, dayFlags } from './attendance-day.ts';
import { autoCloseAt } from './auto-close.ts';
import type { Duty } from './duty.ts';
import { intersection, total } from './intervals.ts';
import { overtimeOf } from './overtime.ts';
import type { PersonRecord } from './person-record.ts';
import { punctualityOf } from './punctuality.ts';
import { roundDay } from './round-day.ts';
import { windowAt } from './shift-window.ts';
import { statusOf } from './status.ts';
import type { Workings } from './workings.ts';

/** The attendance day as it is stored, sent and paid by. */
export function describeDay(record: PersonRecord, workings: Workings): AttendanceDay {
  const { date, rules, zone, windows, duty, punches, settledPunches, paired, time, settled } = workings;
  const shift = windows[0]?.shift;
  const { stays } = paired;
  const shiftOf = (atMs: number): string | null => windowAt(windows, atMs)?.shift.id ?? null;
  const offShift = stays.flatMap(({ fromMs, toMs }) =>
    toMs === null || shiftOf(fromMs) !== null ? [] : [{ fromMs, toMs }],
  );
  const workedMs = total(time.work);
  const shifts = windows.map((window, i) => ({
    shiftId: window.shift.id,
    name: window.shift.name,
    source: window.source,
    startMs: window.startMs,
    endMs: window.endMs,
    windowFromMs: window.windowFromMs,
    windowUntilMs: window.windowUntilMs,
    ...punctualityOf(window, duty.perShift[i] ?? null, stays, windows),
  }));
  const open = stays.at(-1)?.toMs === null;
  const approvals = record.approvals.filter((one) => one.date === date);
  const offsetMs = (atMs: number): number => localDay(atMs, zone).offsetMinutes * 60_000;
  const conflicts = [
    ...workings.contests.map(({ kind, factIds, countedId }) => ({ kind, factIds, countedId })),
    ...settledPunches.conflicts,
  ];
  const flags = new Set<DayFlag>();
  const flag = (name: DayFlag, when: boolean): unknown => when && flags.add(name);
  flag(
    'LATE',
    shifts.some(({ late }) => late),
  );
  flag(
    'EARLY_EXIT',
    shifts.some(({ earlyExit }) => earlyExit),
  );
  flag('SHIFT_MISSED', settled && shifts.some(({ missed }) => missed));
  flag(
    'OFF_SHIFT',
    stays.some(({ fromMs }) => shiftOf(fromMs) === null),
  );
  flag('HALF_DAY_LEAVE', duty.kind !== 'ON_LEAVE' && duty.leave.length > 0);
  flag('WORK_ON_LEAVE', duty.kind === 'ON_LEAVE' && stays.length > 0);
  flag('WORK_ON_DAY_OFF', (duty.kind === 'HOLIDAY' || duty.kind === 'WEEKLY_OFF') && stays.length > 0);
  flag('OUTSIDE_EMPLOYMENT', duty.kind === 'NOT_EMPLOYED' && punches.length > 0);
  flag('OPEN', open && !settled);
  flag('ON_BREAK', open && !settled && paired.breaks.at(-1)?.toMs === null);
  flag(
    'MISSED_CHECK_OUT',
    stays.some(({ toMs }, i) => toMs === null && (settled || i < stays.length - 1)),
  );
  flag(
    'MISSED_CHECK_IN',
    paired.unpaired.some(({ type }) => type === 'OUT'),
  );
  flag(
    'AUTO_CLOSED',
    stays.some(({ auto }) => auto),
  );
  flag(
    'CORRECTED',
    punches.some(({ origin }) => origin === 'CORRECTION'),
  );
  flag('CONFLICT', conflicts.length > 0);

  return {
    employeeId: record.employeeId,
    date,
    zone,
    rules: rules.version,
    status: statusOf({ duty, shift, workedMs, punched: punches.length > 0, open, settled }),
    flags: dayFlags.filter((name) => flags.has(name)),
    shifts,
    stays: stays.map((stay) => ({ ...stay, shiftId: shiftOf(stay.fromMs) })),
    breaks: paired.breaks,
    work: time.work,
    expectedMs: duty.expectedMs,
    presenceMs: total(time.presence),
    breakMs: total(time.unpaid) + total(time.automatic),
    workedMs,
    offShiftMs: total(intersection(time.work, offShift)),
    lateMinutes: shifts.reduce((sum, { lateMinutes }) => sum + lateMinutes, 0),
    earlyExitMinutes: shifts.reduce((sum, { earlyExitMinutes }) => sum + earlyExitMinutes, 0),
    overtime: overtimeOf(workedMs, duty, shift?.overtime ?? rules.overtime, approvals),
    rounded: roundDay(time.presence, workedMs, rules.rounding, offsetMs),
    leaveIds: duty.leave.map(({ id }) => id),
    leaveHalves: halvesOf(duty),
    holidayId: duty.holiday?.id ?? null,
    conflicts,
    unpairedIds: paired.unpaired.map(({ id }) => id),
    repeatedIds: settledPunches.repeated,
    supersededIds: settledPunches.superseded,
    settled,
    settlesAtMs: settled ? null : workings.overAtMs,
    autoCloseAtMs: closesAt(workings),
  };
}

function halvesOf({ kind, leave }: Duty): string[] {
  if (kind === 'NOT_EMPLOYED') return [];
  return leave.flatMap(({ type, part }) => (part === 'FULL' ? [type, type] : [type])).slice(0, 2);
}

function closesAt({ rules, zone, windows, paired, time }: Workings): number | null {
  const stay = paired.stays.at(-1);
  if (!stay || stay.toMs !== null) return null;
  const shift = windows[0]?.shift;
  const expectedMs = shift
    ? windows.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
    : rules.standardDayMinutes * 60_000;
  return autoCloseAt({
    stay,
    rule: shift?.autoClose ?? rules.autoClose,
    expectedMs,
    presenceMs: total(time.presence),
    localDate: localDay(stay.fromMs, zone).date,
    zone,
  });
}
