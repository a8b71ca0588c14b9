import { describe, expect, it } from 'vitest';
import { dayMs, instantOf, lastClockChange, minuteMs, mondayOf, offsetMs } from '../src/week/calendar.ts';
import { countDay } from '../src/week/count.ts';
import { pickWeek } from '../src/week/pick-week.ts';
import type { PlannedDay } from '../src/week/plan.ts';
import { planWeek } from '../src/week/plan-week.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

describe('the calendar of the demo', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', '02:30', 'start', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '03:00', 'start', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', 'start', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', 'end', '2026-10-25T01:30:00.000Z'],
    ['America/New_York', '2026-11-01', '06:00', 'end', '2026-11-01T11:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', 'start', '2026-10-03T15:45:00.000Z'],
    ['Asia/Kolkata', '2026-11-21', '09:00', 'start', '2026-11-21T03:30:00.000Z'],
  ] as const)('knows when clocks in %s show %s %s', (zone, date, time, edge, at) => {
    expect(iso(instantOf(zone, date, time, edge))).toBe(at);
  });

  it('agrees with Temporal about every hour of a year', () => {
    for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Australia/Lord_Howe']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += dayMs / 24) {
        const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(offsetMs(zone, at)).toBe(offsetNanoseconds / 1e6);
      }
    }
  });

  it('finds the last night on which clocks changed', () => {
    expect(lastClockChange('Europe/Berlin', '2026-11-21', 55)).toBe('2026-10-25');
    expect(lastClockChange('Europe/Berlin', '2026-10-25', 55)).toBeUndefined();
    expect(lastClockChange('Asia/Kolkata', '2026-11-21', 366)).toBeUndefined();
    expect(mondayOf('2026-10-25')).toBe('2026-10-19');
    expect(mondayOf('2026-10-19')).toBe('2026-10-19');
  });
});

describe('the week', () => {
  it.each([
    ['2026-11-21T12:00:00Z', 'Europe/Berlin', '2026-10-19'],
    ['2026-12-22T12:00:00Z', 'America/New_York', '2026-10-26'],
    ['2027-01-20T12:00:00Z', 'Europe/Berlin', '2027-01-11'],
  ])('that is played on %s is in %s, from %s on', (now, zone, monday) => {
    expect(pickWeek(new Date(now))).toMatchObject({ zone, monday });
  });

  it('has its odd night wherever one is in reach', () => {
    let without = 0;
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 3 * dayMs) {
      const plan = pickWeek(new Date(at));
      const [nadia] = plan.people;
      const last = nadia?.days.find(
        ({ date }) => date === new Date(Date.parse(plan.monday) + 5 * dayMs).toISOString().slice(0, 10),
      );
      const expected = countDay(plan, last as PlannedDay).expected;
      if (plan.clockChange === null) without += 1;
      expect(expected).toSatisfy((minutes: number) => (minutes === 450) === (plan.clockChange === null));
      expect(at - Date.parse(plan.monday)).toBeLessThan(62 * dayMs);
    }
    // Half of the year no clocks change within the reach of a sync.
    expect(without / 244).toBeLessThan(0.55);
  }, 120_000);

  const plan = planWeek('Europe/Berlin', '2026-10-19', '2026-10-25');
  const day = (person: string, date: string) => {
    const days = plan.people.find(({ name }) => name === person)?.days;
    return countDay(plan, days?.find((one) => one.date === date) as PlannedDay);
  };

  it('has a night of nine hours, less its break', () => {
    expect(day('Nadia Night', '2026-10-24')).toMatchObject({ worked: 9 * 60 + 7 - 30, expected: 510, overtime: 7 });
    expect(day('Nadia Night', '2026-10-22')).toMatchObject({ worked: 8 * 60 + 7 - 30, expected: 450, overtime: 7 });
  });

  it.each([
    ['Lena Late', '2026-10-20', { late: 17, isLate: true, early: 0, worked: 433, overtime: 0 }],
    ['Lena Late', '2026-10-22', { late: 5, isLate: false, early: 20, worked: 425 }],
    ['Felix Forgot', '2026-10-20', { status: 'PRESENT', worked: 455, overtime: 5 }],
    ['Mia Mistake', '2026-10-22', { late: 0, worked: 452 }],
    ['Uma Urlaub', '2026-10-19', { status: 'ON_LEAVE', worked: 0, expected: 0 }],
    ['Uma Urlaub', '2026-10-20', { status: 'HALF_DAY', worked: 242, expected: 225, early: 0 }],
    ['Hugo Holiday', '2026-10-21', { status: 'HOLIDAY', worked: 455, expected: 0, overtime: 455 }],
    ['Lena Late', '2026-10-21', { status: 'HOLIDAY', worked: 0, expected: 0, late: 0 }],
    ['Bea Break', '2026-10-19', { worked: 437, expected: 450, overtime: 0 }],
    ['Sam Split', '2026-10-19', { worked: 492, expected: 480, overtime: 12 }],
    ['Ana Absent-Minded', '2026-10-22', { worked: 480, expected: 450, overtime: 30 }],
    ['Otto Overtime', '2026-10-22', { worked: 605, overtime: 155 }],
  ] as const)('%s on %s', (person, date, counted) => {
    expect(day(person, date)).toMatchObject(counted);
  });

  it('counts work where it was, to the minute', () => {
    const { work, worked } = day('Bea Break', '2026-10-19');
    expect(work.map(({ fromMs, toMs }) => [iso(fromMs).slice(11, 16), iso(toMs).slice(11, 16)])).toEqual([
      ['03:58', '07:00'],
      ['07:20', '09:45'],
      ['10:10', '12:00'],
    ]);
    expect(work.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(worked * minuteMs);
  });
});
