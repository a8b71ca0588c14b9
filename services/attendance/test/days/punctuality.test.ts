import { describe, expect, it } from 'vitest';
import { shiftWindows } from '../../src/domain/days/shift-window.ts';
import { hour, minute, nightShift, on } from './night-shift.ts';
import { nights } from './random-record.ts';
import { dayShift } from './scenario.ts';

// Both sides of every border, in every zone, on the nights on which the clocks change.
describe.each(nights)('%s, night shift of %s', (zone, date) => {
  const { start, end, punch, stay, day } = nightShift(zone, date);

  it.each([
    ['at the start', 0, 0, false],
    ['59 seconds later', 59_000, 0, false],
    ['by the grace exactly', 10 * minute, 10, false],
    ['one millisecond before one minute more', 11 * minute - 1, 10, false],
    ['by one minute more', 11 * minute, 11, true],
    ['early', -5 * minute, 0, false],
  ])('late: in %s', (_, afterMs, lateMinutes, late) => {
    const found = day(stay(start + afterMs, end), { lateGraceMinutes: 10 });
    expect(found).toMatchObject({ lateMinutes, shifts: [{ late }] });
    expect(found.flags.includes('LATE')).toBe(late);
  });

  it.each([
    ['at the end', 0, 0, false],
    ['by the grace exactly', 5 * minute, 5, false],
    ['one millisecond before one minute more', 6 * minute - 1, 5, false],
    ['by one minute more', 6 * minute, 6, true],
  ])('early exit: out %s', (_, beforeMs, earlyExitMinutes, earlyExit) => {
    const found = day(stay(start, end - beforeMs), { earlyGraceMinutes: 5 });
    expect(found).toMatchObject({ earlyExitMinutes, shifts: [{ earlyExit }] });
    expect(found.flags.includes('EARLY_EXIT')).toBe(earlyExit);
  });

  it.each([
    ['opens, included', -60 * minute, dayShift.id],
    ['is not open yet a millisecond before', -60 * minute - 1, null],
  ])('the window %s', (_, beforeMs, shiftId) => {
    expect(day(stay(start + beforeMs, end)).stays).toMatchObject([{ shiftId }]);
  });

  it('the window closes, included; a check-in a millisecond later is off shift on its own date', () => {
    expect(day([punch('in', 'IN', end + 60 * minute)]).stays).toMatchObject([{ shiftId: dayShift.id }]);
    expect(day([punch('in', 'IN', end + 60 * minute + 1)]).stays).toEqual([]);
  });

  it('windows that overlap: the later begins where the earlier shift’s own end lies', () => {
    const [earlier, later] = shiftWindows([
      { date, zone, shift: on({ id: 'a', start: '18:00', end: '22:00' }), source: 'ASSIGNMENT' },
      { date, zone, shift: on({ id: 'b' }), source: 'ASSIGNMENT' },
    ]);
    expect([earlier?.windowUntilMs, later?.windowFromMs]).toEqual([start, start]);
    const split = {
      shifts: [
        { date, zone, shift: on({ id: 'a', start: '18:00', end: '22:00' }), source: 'ASSIGNMENT' as const },
        { date, zone, shift: on({ id: 'b' }), source: 'ASSIGNMENT' as const },
      ],
    };
    expect(day([punch('in', 'IN', start - 1)], {}, split).stays).toMatchObject([{ shiftId: 'a' }]);
    expect(day([punch('in', 'IN', start)], {}, split).stays).toMatchObject([{ shiftId: 'b' }]);
    // A check-out belongs to the stay it ends, wherever the windows meet.
    expect(day(stay(start - hour, start + 5 * minute), {}, split).stays).toMatchObject([
      { shiftId: 'a', outId: 'out' },
    ]);
  });

  it('a check-out in the window of the next day’s shift ends the night it belongs to', () => {
    const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    const shifts = [
      { date, zone, shift: on({}), source: 'ASSIGNMENT' as const },
      { date: next, zone, shift: on({ id: 'next', start: '06:00', end: '14:00' }), source: 'ASSIGNMENT' as const },
    ];
    expect(day(stay(start, end + 5 * minute), {}, { shifts }).stays).toMatchObject([{ outId: 'out' }]);
  });

  it('leaving and coming at one instant is no break', () => {
    const breaks = { punched: 'UNPAID' as const, automatic: { minutes: 30, afterMinutes: 60 } };
    const again = (atMs: number) => [punch('in2', 'IN', atMs), punch('out2', 'OUT', start + 3 * hour)];
    const twice = (atMs: number) => day([...stay(start, start + hour), ...again(atMs)], { breaks }).breakMs;
    expect([twice(start + hour), twice(start + hour + 1)]).toEqual([30 * minute, 0]);
  });
});
