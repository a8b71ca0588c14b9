import { describe, expect, it } from 'vitest';
import type { AttendanceDay } from '../../src/domain/days/index.ts';
import { hour, minute, nightShift } from './night-shift.ts';
import { nights } from './random-record.ts';

// Both sides of every border, in every zone, on the nights on which the clocks change.
describe.each(nights)('%s, night shift of %s', (zone, date) => {
  const { start, end, punch, stay, day, rules } = nightShift(zone, date);

  it.each([
    ['no break of its own at the threshold', 6 * hour, 0],
    ['a break of its own above it', 6 * hour + 1, 30 * minute],
  ])('automatic break: %s', (_, presence, breakMs) => {
    const breaks = { punched: 'UNPAID' as const, automatic: { minutes: 30, afterMinutes: 360 } };
    expect(day(stay(start, start + presence), { breaks })).toMatchObject({ breakMs, workedMs: presence - breakMs });
  });

  it('deducts a punched break once, and then no automatic one', () => {
    const breaks = { punched: 'UNPAID' as const, automatic: { minutes: 30, afterMinutes: 300 } };
    const rest = [punch('b', 'BREAK_START', start + hour), punch('e', 'BREAK_END', start + hour + 10 * minute)];
    for (const span of ['PAIRS', 'FIRST_LAST'] as const)
      expect(day([...stay(start, start + 6 * hour), ...rest], { breaks }, rules({ span }))).toMatchObject({
        presenceMs: 6 * hour,
        breakMs: 10 * minute,
        workedMs: 6 * hour - 10 * minute,
      });
    expect(day([...stay(start, start + 6 * hour), ...rest], { breaks: { ...breaks, punched: 'PAID' } })).toMatchObject({
      breakMs: 0,
      workedMs: 6 * hour,
    });
  });

  it('counts gaps as breaks by pairs, and as work from first to last', () => {
    const facts = [
      ...stay(start, start + 2 * hour),
      punch('in2', 'IN', start + 3 * hour),
      punch('out2', 'OUT', start + 5 * hour),
    ];
    expect(day(facts).workedMs).toBe(4 * hour);
    expect(day(facts, {}, rules({ span: 'FIRST_LAST' })).workedMs).toBe(5 * hour);
  });

  it('believes types, or alternates', () => {
    const facts = [
      punch('a', 'IN', start),
      punch('b', 'IN', start + hour),
      punch('c', 'IN', start + 2 * hour),
      punch('d', 'OUT', start + 3 * hour),
    ];
    expect(day(facts, {}, rules({ punches: 'ALTERNATING' })).workedMs).toBe(2 * hour);
    expect(day(facts)).toMatchObject({ workedMs: hour, flags: expect.arrayContaining(['MISSED_CHECK_OUT']) });
  });

  it.each([
    ['just under the absent threshold', 2 * hour - 1, 'ABSENT'],
    ['at the absent threshold', 2 * hour, 'HALF_DAY'],
    ['just under the half-day threshold', 4 * hour - 1, 'HALF_DAY'],
    ['at the half-day threshold', 4 * hour, 'PRESENT'],
  ])('status: %s', (_, worked, status) => {
    expect(day(stay(start, start + worked), { absentBelowMinutes: 120, halfDayBelowMinutes: 240 }).status).toBe(status);
    expect(day(stay(start, start + worked)).status).toBe('PRESENT');
  });

  it('absent only after the window and the watermark have passed', () => {
    const until = (knownUntilMs: number): AttendanceDay => day([], {}, { knownUntilMs });
    expect(until(end + 60 * minute)).toMatchObject({
      status: 'PENDING',
      settled: false,
      settlesAtMs: end + 60 * minute,
    });
    expect(until(end + 60 * minute + 1)).toMatchObject({ status: 'ABSENT', settled: true, settlesAtMs: null });
  });

  it('joining and leaving bound it, both included', () => {
    const near = (days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
    expect(day([], {}, { joinedOn: date, leftOn: date }).status).toBe('ABSENT');
    expect(day([], {}, { joinedOn: near(1) }).status).toBe('NOT_EMPLOYED');
    expect(day([], {}, { leftOn: near(-1) }).status).toBe('NOT_EMPLOYED');
    expect(day(stay(start, end), {}, { leftOn: near(-1) })).toMatchObject({
      workedMs: end - start,
      flags: ['OUTSIDE_EMPLOYMENT'],
    });
  });
});
