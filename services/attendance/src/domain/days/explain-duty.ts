import type { AttendanceDay, DayShift } from './attendance-day.ts';
import { type Layer, layer } from './explanation.ts';
import type { Interval } from './intervals.ts';
import type { Workings } from './workings.ts';

/** Where somebody should have been and was not: late, gone early, or never there. */
export function dutyLayers({ duty, paired, settled }: Workings, day: AttendanceDay): Layer[] {
  return day.shifts.flatMap((shift, i) => {
    const due = duty.perShift[i];
    if (!due) return [];
    if (shift.missed) return [missed(due, settled)];
    const reason = (): string[] => [shift.inId, shift.outId].filter((one) => one !== null);
    const first = paired.stays.find(({ inId }) => inId === shift.inId);
    const last = paired.stays.findLast(
      ({ inId, outId }) => (shift.outId === null ? inId : outId) === (shift.outId ?? shift.inId),
    );
    const before = { fromMs: due.fromMs, toMs: Math.min(first?.fromMs ?? due.fromMs, due.toMs) };
    const after = { fromMs: Math.max(last?.toMs ?? due.toMs, due.fromMs), toMs: due.toMs };
    return [late(shift, before, reason), last?.auto ? closed(after, reason) : early(shift, after, reason)];
  });
}

const missed = (due: Interval, settled: boolean): Layer =>
  settled
    ? layer('absence.shift', [due], 'The shift was due and nobody came.', () => [])
    : layer('shift.not-over', [due], 'The shift is due; it is too early to tell.', () => []);

const late = ({ late }: DayShift, span: Interval, reason: () => string[]): Layer =>
  late
    ? layer('absence.late', some(span), 'Came later than the grace allows.', reason)
    : layer('absence.late-excused', some(span), 'Came after the start, but not by more than the grace.', reason);

const early = ({ earlyExit }: DayShift, span: Interval, reason: () => string[]): Layer =>
  earlyExit
    ? layer('absence.early-exit', some(span), 'Left earlier than the grace allows.', reason)
    : layer('absence.early-exit-excused', some(span), 'Left before the end, but not by more than the grace.', reason);

const closed = (span: Interval, reason: () => string[]): Layer =>
  layer('stay.no-check-out', some(span), 'After the automatic check-out; nobody knows more.', reason);

const some = (span: Interval): Interval[] => (span.toMs > span.fromMs ? [span] : []);
