import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLeave, type LeaveSpan, type WorkCalendar } from '../../src/domain/leave/count-leave.ts';
import { entitlementOf } from '../../src/domain/leave/entitlement.ts';
import {
  carryOver,
  hasRoom,
  type LeaveAccount,
  lapsing,
  unusedCarryOver,
} from '../../src/domain/leave/leave-account.ts';
import { leaveParts } from '../../src/domain/leave/leave-parts.ts';
import { lastDayOfLeaveYear, leaveYearOf, nextLeaveYear } from '../../src/domain/leave/leave-year.ts';
import { mayCancel } from '../../src/domain/leave/may-cancel.ts';

const calendarYear = { counts: 'WORKING_DAYS', yearStartsIn: 1 } as const;
const on = (...dates: string[]) => dates.map((date) => ({ date }));
const span = (from: string, to: string, o: Partial<LeaveSpan> = {}): LeaveSpan => ({
  from,
  to,
  firstDay: 'FULL',
  lastDay: 'FULL',
  ...o,
});
const plain: WorkCalendar = { shifts: [], holidays: [], hasList: () => false };
/** Half days that cost something, by leave year. */
const cost = (
  s: LeaveSpan,
  calendar: Partial<WorkCalendar> = {},
  rule: Parameters<typeof countLeave>[1] = calendarYear,
) => {
  const sums: Record<string, number> = {};
  for (const { charged, leaveYear } of countLeave(s, rule, { ...plain, ...calendar }))
    if (charged) sums[leaveYear] = (sums[leaveYear] ?? 0) + 1;
  return sums;
};

// 2026-12-28 is a Monday, 2027-01-01 a Friday.
describe('what a leave costs', () => {
  const y26 = '2026-01-01';
  const y27 = '2027-01-01';
  const firstHalf: Partial<LeaveSpan> = { lastDay: 'FIRST_HALF' };
  const secondHalf: Partial<LeaveSpan> = { firstDay: 'SECOND_HALF' };
  const table: [string, LeaveSpan, Partial<WorkCalendar>, Record<string, number>][] = [
    ['a weekday', span('2026-06-01', '2026-06-01'), {}, { [y26]: 2 }],
    ['the first half of one', span('2026-06-01', '2026-06-01', firstHalf), {}, { [y26]: 1 }],
    ['the second half of one', span('2026-06-01', '2026-06-01', secondHalf), {}, { [y26]: 1 }],
    ['a week, with its weekend', span('2026-06-01', '2026-06-07'), {}, { [y26]: 10 }],
    ['Friday to Monday', span('2026-06-05', '2026-06-08'), {}, { [y26]: 4 }],
    ['Friday noon to Monday noon', span('2026-06-05', '2026-06-08', { ...firstHalf, ...secondHalf }), {}, { [y26]: 2 }],
    ['a half day on a Saturday', span('2026-06-06', '2026-06-06', firstHalf), {}, {}],
    ['a holiday within', span('2026-06-01', '2026-06-05'), { holidays: on('2026-06-04') }, { [y26]: 8 }],
    [
      'half a day on a holiday',
      span('2026-06-04', '2026-06-05', secondHalf),
      { holidays: on('2026-06-04') },
      { [y26]: 2 },
    ],
    ['a holiday on a Sunday', span('2026-06-01', '2026-06-07'), { holidays: on('2026-06-07') }, { [y26]: 10 }],
    // A site with a list says itself which days of the week are off.
    ['a list without weekends', span('2026-06-01', '2026-06-07'), { hasList: () => true }, { [y26]: 14 }],
    [
      'a list with a Friday off',
      span('2026-06-01', '2026-06-07'),
      { hasList: () => true, holidays: on('2026-06-05') },
      { [y26]: 12 },
    ],
    [
      'a list that begins within',
      span('2026-06-05', '2026-06-08'),
      { hasList: (d) => d >= '2026-06-07' },
      { [y26]: 6 },
    ],
    // Part time: shifts say which days are worked, in the weeks for which they are planned.
    [
      'three days a week',
      span('2026-06-01', '2026-06-14'),
      { shifts: on('2026-06-01', '2026-06-02', '2026-06-03') },
      { [y26]: 6 + 10 },
    ],
    ['a day without a shift', span('2026-06-04', '2026-06-04'), { shifts: on('2026-06-01') }, {}],
    ['a shift on Sunday', span('2026-06-06', '2026-06-07'), { shifts: on('2026-06-07') }, { [y26]: 2 }],
    ['two shifts on a day', span('2026-06-01', '2026-06-01'), { shifts: on('2026-06-01', '2026-06-01') }, { [y26]: 2 }],
    [
      'a shift on a holiday',
      span('2026-06-01', '2026-06-05'),
      { shifts: on('2026-06-01', '2026-06-04'), holidays: on('2026-06-04') },
      { [y26]: 2 },
    ],
    [
      'half a day before a day without a shift',
      span('2026-06-03', '2026-06-04', { ...secondHalf, ...firstHalf }),
      { shifts: on('2026-06-03') },
      { [y26]: 1 },
    ],
    // The border of leave years.
    ['over New Year', span('2026-12-28', '2027-01-04'), {}, { [y26]: 8, [y27]: 4 }],
    [
      'over New Year, with holidays and halves',
      span('2026-12-24', '2027-01-04', { ...secondHalf, ...firstHalf }),
      { holidays: on('2026-12-25', '2027-01-01') },
      { [y26]: 9, [y27]: 1 },
    ],
  ];
  it.each(table)('%s', (_, asked, calendar, expected) => {
    expect(cost(asked, calendar)).toEqual(expected);
  });

  it('calendar days all cost, halves as halves', () => {
    const rule = { counts: 'CALENDAR_DAYS', yearStartsIn: 1 } as const;
    const holidays = on('2026-06-04');
    expect(cost(span('2026-06-01', '2026-06-07'), { holidays }, rule)).toEqual({ [y26]: 14 });
    expect(cost(span('2026-06-06', '2026-06-06', firstHalf), {}, rule)).toEqual({ [y26]: 1 });
  });

  it('leave years begin where their type says', () => {
    const rule = { ...calendarYear, yearStartsIn: 4 };
    expect(cost(span('2026-03-30', '2026-04-02'), {}, rule)).toEqual({ '2025-04-01': 4, '2026-04-01': 4 });
    expect(leaveYearOf('2026-03-31', 4)).toBe('2025-04-01');
    expect(leaveYearOf('2026-04-01', 4)).toBe('2026-04-01');
    expect(leaveYearOf('2026-12-31', 12)).toBe('2026-12-01');
    expect(nextLeaveYear('2026-04-01')).toBe('2027-04-01');
    expect(lastDayOfLeaveYear('2023-03-01')).toBe('2024-02-29');
  });

  it('is what its days cost one by one, and each half day is there once', () => {
    const date = fc
      .integer({ min: 0, max: 40 })
      .map((n) => Temporal.PlainDate.from('2026-12-10').add({ days: n }).toString());
    fc.assert(
      fc.property(
        fc.tuple(date, date).map((dates) => dates.toSorted() as [string, string]),
        fc.array(date),
        fc.array(date),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        ([from, to], shiftDates, holidayDates, late, early, listed) => {
          fc.pre(from !== to || !(late && early));
          const calendar = { shifts: on(...shiftDates), holidays: on(...holidayDates), hasList: () => listed };
          const asked = span(from, to, {
            firstDay: late ? 'SECOND_HALF' : 'FULL',
            lastDay: early ? 'FIRST_HALF' : 'FULL',
          });
          const halves = countLeave(asked, calendarYear, calendar);
          expect(new Set(halves.map(({ date: d, half }) => `${d} ${half}`)).size).toBe(halves.length);
          const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
          expect(halves.length).toBe(days * 2 - Number(late) - Number(early));
          for (const one of halves) {
            const [alone] = countLeave(span(one.date, one.date), calendarYear, calendar);
            expect(one.charged).toBe(alone?.charged);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what can be asked for', () => {
  const account = (o: Partial<LeaveAccount> = {}): LeaveAccount => ({
    balance: 10,
    carriedIn: 0,
    lapsed: 0,
    goodUntil: null,
    usedInTime: 0,
    ...o,
  });
  const days = (n: number, date: string): string[] => Array.from({ length: n }, () => date);

  it('is the balance, to the half day', () => {
    expect(hasRoom(account(), days(10, '2026-06-01'))).toBe(true);
    expect(hasRoom(account(), days(11, '2026-06-01'))).toBe(false);
    expect(hasRoom(account({ balance: 0 }), days(1, '2026-06-01'))).toBe(false);
  });

  it('does not pay with what will have lapsed by then', () => {
    const carried = account({ balance: 14, carriedIn: 4, goodUntil: '2026-03-31' });
    expect(hasRoom(carried, days(14, '2026-03-31'))).toBe(true);
    expect(hasRoom(carried, days(10, '2026-04-01'))).toBe(true);
    expect(hasRoom(carried, days(11, '2026-04-01'))).toBe(false);
    expect(hasRoom(carried, [...days(4, '2026-03-31'), ...days(10, '2026-04-01')])).toBe(true);
    expect(hasRoom(carried, [...days(3, '2026-03-31'), ...days(11, '2026-04-01')])).toBe(false);
    expect(hasRoom({ ...carried, balance: 10, usedInTime: 4 }, days(10, '2026-04-01'))).toBe(true);
  });

  it('once it has lapsed, nothing lapses again, and nobody falls below nothing', () => {
    const carried = account({ balance: 14, carriedIn: 4, goodUntil: '2026-03-31', usedInTime: 1 });
    expect(lapsing(carried)).toBe(3);
    expect(lapsing({ ...carried, balance: 11, lapsed: 3 })).toBe(0);
    expect(lapsing({ ...carried, balance: 2 })).toBe(2);
    expect(lapsing({ ...carried, balance: -5 })).toBe(0);
    expect(unusedCarryOver({ ...carried, goodUntil: null })).toBe(0);
    expect(unusedCarryOver({ ...carried, carriedIn: -4 })).toBe(0);
  });

  it('goes into the next leave year up to the limit, in however many steps; a debt goes whole', () => {
    expect(carryOver(10, 4, 0)).toEqual({ carried: 4, lapsed: 6 });
    expect(carryOver(4, 4, 0)).toEqual({ carried: 4, lapsed: 0 });
    expect(carryOver(3, 4, 2)).toEqual({ carried: 2, lapsed: 1 });
    expect(carryOver(3, 4, 4)).toEqual({ carried: 0, lapsed: 3 });
    expect(carryOver(3, 0, 0)).toEqual({ carried: 0, lapsed: 3 });
    expect(carryOver(3, null, 9)).toEqual({ carried: 3, lapsed: 0 });
    expect(carryOver(-3, 0, 0)).toEqual({ carried: -3, lapsed: 0 });
  });

  it.each([
    [null, 56],
    ['2020-05-05', 56],
    ['2026-01-01', 56],
    ['2026-01-02', 56],
    ['2026-01-31', 56],
    ['2026-02-01', 51],
    ['2026-07-01', 28],
    ['2026-12-31', 5],
    ['2027-01-01', 0],
  ])('hired on %s: %i half days of 56', (hiredOn, expected) => {
    expect(entitlementOf(56, '2026-01-01', hiredOn)).toBe(expected);
  });

  it('can be cancelled while it waits, by oneself until its first day, by who decides at any time', () => {
    const from = '2026-06-10';
    const table: ['pending' | 'approved' | 'rejected' | 'cancelled', string, boolean, boolean][] = [
      ['pending', '2026-06-30', false, true],
      ['approved', '2026-06-09', false, true],
      ['approved', '2026-06-10', false, false],
      ['approved', '2026-06-10', true, true],
      ['rejected', '2026-06-01', true, false],
      ['cancelled', '2026-06-01', true, false],
    ];
    for (const [status, today, decides, expected] of table)
      expect(mayCancel({ status, from }, today, decides)).toBe(expected);
  });

  it('two halves of one request are a full day, of two requests two halves', () => {
    const half = (requestId: string, n: 1 | 2) => ({ date: '2026-06-01', half: n, requestId, type: 'Annual' });
    const parts = (...halves: ReturnType<typeof half>[]) => leaveParts(halves).map(({ id, part }) => [id, part]);
    expect(parts(half('a', 1), half('a', 2))).toEqual([['a', 'FULL']]);
    expect(parts(half('a', 1))).toEqual([['a', 'FIRST_HALF']]);
    expect(parts(half('a', 1), half('b', 2))).toEqual([
      ['a', 'FIRST_HALF'],
      ['b', 'SECOND_HALF'],
    ]);
  });
});
