import { describe, expect, it } from 'vitest';
import { hour, minute, nightShift } from './night-shift.ts';
import { nights } from './random-record.ts';

// Both sides of every border, in every zone, on the nights on which the clocks change.
describe.each(nights)('%s, night shift of %s', (zone, date) => {
  const { start, end, stay, day } = nightShift(zone, date);

  it('overtime begins beyond the shift’s length; limits, approval and multipliers', () => {
    const overtime = { percent: { normal: 125, weekend: 150, holiday: 200 }, maxMinutes: 0, needsApproval: false };
    expect(day(stay(start, end), { overtime }).overtime).toBeNull();
    expect(day(stay(start, end + 1), { overtime }).overtime).toMatchObject({ workedMs: 1, weightedMs: 1 });
    expect(day(stay(start, end + hour), { overtime }).overtime).toMatchObject({
      kind: 'NORMAL',
      weightedMs: 75 * minute,
    });
    const most = { overtime: { ...overtime, maxMinutes: 30 } };
    expect(day(stay(start, end + 30 * minute), most).overtime).toMatchObject({ countedMs: 30 * minute });
    expect(day(stay(start, end + 31 * minute), most).overtime).toMatchObject({ countedMs: 30 * minute });
    const asked = { overtime: { ...overtime, needsApproval: true } };
    expect(day(stay(start, end + hour), asked).overtime).toMatchObject({ countedMs: 0, awaitsApproval: true });
    const approvals = [{ id: 'ok', date, minutes: 60 }];
    expect(day(stay(start, end + hour), asked, { approvals: [...approvals, ...approvals] }).overtime).toMatchObject({
      countedMs: hour,
      awaitsApproval: false,
    });
  });

  it.each([
    ['PUBLIC', 'HOLIDAY', 'HOLIDAY', 8],
    ['WEEKLY_OFF', 'WEEKLY_OFF', 'WEEKEND', 6],
  ] as const)('work on a %s day is overtime', (kind, status, overtimeKind, weighted) => {
    const overtime = { percent: { normal: 125, weekend: 150, holiday: 200 }, maxMinutes: 0, needsApproval: false };
    const holidays = [{ id: 'h', date, name: 'x', kind }];
    expect(day(stay(start + hour, start + 5 * hour), { overtime }, { holidays })).toMatchObject({
      status,
      flags: ['WORK_ON_DAY_OFF'],
      lateMinutes: 0,
      overtime: { kind: overtimeKind, workedMs: 4 * hour, weightedMs: weighted * hour },
    });
    expect(day([], {}, { holidays }).status).toBe(status);
  });

  it('leave: a day, a half, two halves', () => {
    const leave = (part: 'FULL' | 'FIRST_HALF' | 'SECOND_HALF') => ({ id: part, date, part, type: 'annual' });
    expect(day([], {}, { leave: [leave('FULL')] })).toMatchObject({ status: 'ON_LEAVE', expectedMs: 0 });
    expect(day([], {}, { leave: [leave('FIRST_HALF'), leave('SECOND_HALF')] }).status).toBe('ON_LEAVE');
    const middle = start + (end - start) / 2;
    const afternoon = { leave: [leave('FIRST_HALF')] };
    expect(day(stay(middle, end), {}, afternoon)).toMatchObject({
      status: 'HALF_DAY',
      lateMinutes: 0,
      expectedMs: (end - start) / 2,
    });
    expect(day(stay(middle + minute, end), {}, afternoon)).toMatchObject({
      lateMinutes: 1,
      flags: ['LATE', 'HALF_DAY_LEAVE'],
    });
    expect(day([], {}, afternoon)).toMatchObject({ status: 'HALF_DAY', flags: ['SHIFT_MISSED', 'HALF_DAY_LEAVE'] });
    const morning = { leave: [leave('SECOND_HALF')] };
    expect(day(stay(start, middle), {}, morning)).toMatchObject({ earlyExitMinutes: 0, flags: ['HALF_DAY_LEAVE'] });
    expect(day(stay(start, middle - minute), {}, morning)).toMatchObject({ earlyExitMinutes: 1 });
  });
});
