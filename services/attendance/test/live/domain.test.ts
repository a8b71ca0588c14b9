import {
  type BoardChange,
  type BoardFacts,
  type BoardShift,
  type BoardStay,
  boardStateAt,
  lateMinutesAt,
  nextChangeAt,
  withChange,
} from '@muster/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonRecord, ShiftType } from '../../src/domain/days/index.ts';
import { plainRules } from '../../src/domain/days/index.ts';
import { livePlansOf } from '../../src/domain/live/live-plan.ts';

const at = (time: string, day = 20): number => Date.parse(`2026-11-${day}T${time}:00Z`);
const shift = (from: string, to: string, grace = 5): BoardShift => ({
  name: 'Shift',
  windowFromMs: at(from) - 3_600_000,
  windowUntilMs: at(to) + 3_600_000,
  fromMs: at(from),
  toMs: at(to),
  lateFromMs: at(from) + (grace + 1) * 60_000,
});
const stay = (from: string, to?: string, breakSince?: string, id = from): BoardStay => ({
  id,
  fromMs: at(from),
  toMs: to === undefined ? null : at(to),
  breakSinceMs: breakSince === undefined ? null : at(breakSince),
  breakKnownMs: 0,
});
const facts = (more: Partial<BoardFacts> = {}): BoardFacts => ({
  dayFromMs: at('00:00'),
  dayUntilMs: at('00:00', 21),
  shifts: [shift('09:00', '17:00')],
  leave: [],
  stays: [],
  ...more,
});
const night = { ...shift('22:00', '23:00'), toMs: at('06:00', 21), windowUntilMs: at('07:00', 21) };
const split = [shift('06:00', '10:00'), shift('16:00', '20:00')];

describe('where somebody is', () => {
  it.each<[string, Partial<BoardFacts>, string, string]>([
    ['before the shift', {}, '08:59', 'expected'],
    ['within the grace', {}, '09:05', 'expected'],
    ['the grace is over', {}, '09:06', 'missing'],
    ['the shift’s last minute', {}, '16:59', 'missing'],
    ['the shift is over', {}, '17:00', 'absent'],
    ['came early', { stays: [stay('08:30')] }, '08:31', 'in'],
    ['came in the last minute of the grace', { stays: [stay('09:05')] }, '12:00', 'in'],
    ['came a minute after', { stays: [stay('09:06')] }, '12:00', 'late'],
    ['came before anybody waits', { stays: [stay('05:00')] }, '06:00', 'in'],
    ['is still there from before', { stays: [stay('05:00')] }, '12:00', 'in'],
    ['on a break', { stays: [stay('09:00', undefined, '11:00')] }, '11:30', 'on_break'],
    ['left for lunch', { stays: [stay('09:00', '12:00')] }, '12:30', 'out'],
    ['came back from lunch is not late', { stays: [stay('09:00', '12:00'), stay('13:00')] }, '14:00', 'in'],
    ['came late, left, came back is late', { stays: [stay('09:30', '12:00'), stay('13:00')] }, '14:00', 'late'],
    ['left at the end', { stays: [stay('09:00', '17:00')] }, '17:00', 'done'],
    ['left early, until the end', { stays: [stay('09:00', '15:00')] }, '16:59', 'out'],
    ['left early, afterwards', { stays: [stay('09:00', '15:00')] }, '17:00', 'done'],
    ['works on', { stays: [stay('09:00')] }, '19:00', 'in'],
    ['came early and left before it began', { stays: [stay('08:10', '08:20')] }, '10:00', 'out'],
    ['came hours before and left again', { stays: [stay('05:00', '06:00')] }, '10:00', 'missing'],
    ['nothing planned', { shifts: [] }, '12:00', 'off'],
    ['nothing planned, was there', { shifts: [], stays: [stay('09:00', '11:00')] }, '12:00', 'done'],
    [
      'nothing planned, was there yesterday',
      { shifts: [], stays: [{ ...stay('09:00'), fromMs: at('09:00', 19), toMs: at('11:00', 19) }] },
      '12:00',
      'off',
    ],
    ['nothing planned, is there', { shifts: [], stays: [stay('09:00')] }, '12:00', 'in'],
    ['leave', { shifts: [], leave: [{ fromMs: at('00:00'), untilMs: at('00:00', 21) }] }, '12:00', 'on_leave'],
    [
      'came all the same',
      { shifts: [], leave: [{ fromMs: at('00:00'), untilMs: at('00:00', 21) }], stays: [stay('09:00')] },
      '12:00',
      'in',
    ],
    [
      'half a day of leave',
      { shifts: [shift('13:00', '17:00')], leave: [{ fromMs: at('09:00'), untilMs: at('13:00') }] },
      '10:00',
      'on_leave',
    ],
    [
      'after half a day of leave',
      { shifts: [shift('13:00', '17:00')], leave: [{ fromMs: at('09:00'), untilMs: at('13:00') }] },
      '13:06',
      'missing',
    ],
    ['between split shifts', { shifts: split, stays: [stay('06:00', '10:00')] }, '12:00', 'expected'],
    ['the second of split shifts', { shifts: split, stays: [stay('06:00', '10:00')] }, '16:06', 'missing'],
    ['after both', { shifts: split, stays: [stay('06:00', '10:00'), stay('16:00', '20:00')] }, '20:00', 'done'],
    ['stays from one into the next', { shifts: split, stays: [stay('06:00')] }, '17:00', 'in'],
    ['a night shift', { shifts: [night] }, '22:06', 'missing'],
    ['a night shift, on time', { shifts: [night], stays: [stay('21:50')] }, '23:30', 'in'],
  ])('%s', (_what, more, time, state) => {
    expect(boardStateAt(facts(more), at(time))).toBe(state);
  });

  it('late in whole minutes', () => {
    expect(lateMinutesAt(facts({ stays: [stay('09:06')] }), at('10:00'))).toBe(6);
    expect(lateMinutesAt(facts({ stays: [stay('09:05')] }), at('10:00'))).toBe(0);
  });
});

const minuteOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
const clock = (minute: number): number => at('00:00') + minute * 60_000;
/** Stays of a day as they can be: one after the other, each with breaks one after the other, as the events tell of them. */
const day = fc.uniqueArray(minuteOfDay, { minLength: 1, maxLength: 24 }).chain((minutes) =>
  fc.array(fc.constantFrom('leave', 'break'), { minLength: 24, maxLength: 24 }).map((choices) => {
    const changes: BoardChange[] = [];
    let session = 0;
    let checkIn: string | undefined;
    let breakSince: string | undefined;
    for (const [i, minute] of minutes.toSorted((a, b) => a - b).entries()) {
      const time = new Date(clock(minute)).toISOString();
      const attendanceId = `s${session}`;
      if (checkIn === undefined) {
        checkIn = time;
        changes.push({ attendanceId, status: 'in', at: time });
      } else if (breakSince !== undefined) {
        changes.push({ attendanceId, status: 'in', at: time, breakSince });
        breakSince = undefined;
      } else if (choices[i] === 'break') {
        breakSince = time;
        changes.push({ attendanceId, status: 'on_break', at: time });
      } else {
        changes.push({ attendanceId, status: 'out', at: time, checkInAt: checkIn });
        checkIn = undefined;
        session++;
      }
    }
    return changes;
  }),
);
const apply = (changes: readonly BoardChange[], start = facts()): BoardFacts => changes.reduce(withChange, start);
const seen = (one: BoardFacts) =>
  one.stays
    .map(({ breakKnownMs: _known, ...rest }) => rest)
    .sort((a, b) => (a.fromMs ?? 0) - (b.fromMs ?? 0) || (a.id < b.id ? -1 : 1));

describe('what sockets tell', () => {
  it('in any order, repeated, and on top of any earlier board, comes to the same', () => {
    fc.assert(
      fc.property(day, fc.nat(), fc.infiniteStream(fc.nat()), (changes, cut, shuffle) => {
        const whole = apply(changes);
        const order = changes
          .flatMap((change) => [change, change])
          .map((change) => ({ change, key: shuffle.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ change }) => change);
        const snapshot = apply(changes.slice(0, cut % (changes.length + 1)));
        const board = { ...snapshot, stays: snapshot.stays.map((one) => ({ ...one, breakKnownMs: 0 })) };
        expect(seen(apply(order))).toEqual(seen(whole));
        expect(seen(apply(order, board))).toEqual(seen(whole));
      }),
      { numRuns: 3000 },
    );
  });

  it('and nothing changes by time before it was said to', () => {
    fc.assert(
      fc.property(
        day,
        fc.constantFrom([shift('09:00', '17:00')], split, [], [night]),
        minuteOfDay,
        (changes, shifts, minute) => {
          const heard = changes.filter((change) => Date.parse(change.at) <= clock(minute));
          const board = apply(heard, facts({ shifts }));
          const next = nextChangeAt(board, clock(minute));
          const state = boardStateAt(board, clock(minute));
          expect(next).toBeGreaterThan(clock(minute));
          for (let ms = clock(minute); ms < next; ms += 60_000) expect(boardStateAt(board, ms)).toBe(state);
          if (next < board.dayUntilMs) expect(boardStateAt(board, next)).not.toBe(state);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('plans', () => {
  const shiftType: ShiftType = {
    id: 'early',
    name: 'Early',
    start: '08:00',
    end: '16:00',
    checkInBeforeMinutes: 60,
    checkOutAfterMinutes: 60,
    lateGraceMinutes: 10,
    earlyGraceMinutes: 0,
    breaks: { punched: 'UNPAID', automatic: null },
    absentBelowMinutes: 0,
    halfDayBelowMinutes: 0,
    overtime: null,
    autoClose: null,
  };
  const record = (more: Partial<PersonRecord> = {}): PersonRecord => ({
    employeeId: 'p',
    zone: 'Europe/Berlin',
    joinedOn: null,
    leftOn: null,
    facts: [],
    shifts: [{ date: '2026-11-20', zone: 'Europe/Berlin', shift: shiftType, source: 'ASSIGNMENT' }],
    leave: [],
    holidays: [],
    approvals: [],
    rules: plainRules,
    knownUntilMs: 0,
    ...more,
  });
  const planOf = (more: Partial<PersonRecord> = {}) => livePlansOf(record(more), '2026-11-19', '2026-11-21');

  it('are of dates with shifts, at the instants of the zone', () => {
    expect(planOf()).toMatchObject([
      {
        date: '2026-11-20',
        fromMs: at('23:00', 19),
        untilMs: at('23:00'),
        shifts: [{ fromMs: at('07:00'), toMs: at('15:00'), lateFromMs: at('07:11'), windowFromMs: at('06:00') }],
        leave: [],
      },
    ]);
  });

  it('of a night go on until check-outs end, and of the early morning begin the evening before', () => {
    const of = (start: string, end: string) =>
      planOf({
        shifts: [{ ...(record().shifts[0] as PersonRecord['shifts'][number]), shift: { ...shiftType, start, end } }],
      })[0];
    expect(of('22:00', '06:00')).toMatchObject({ fromMs: at('23:00', 19), untilMs: at('06:00', 21) });
    expect(of('00:30', '06:00')).toMatchObject({ fromMs: at('22:30', 19), untilMs: at('23:00') });
  });

  it('know leave, half leave, holidays and who works here', () => {
    const leave = (part: 'FULL' | 'FIRST_HALF' | 'SECOND_HALF') => [
      { id: 'l', date: '2026-11-20', part, type: 'annual' },
    ];
    expect(planOf({ leave: leave('FULL') })[0]).toMatchObject({
      shifts: [],
      leave: [{ fromMs: at('23:00', 19), untilMs: at('23:00') }],
    });
    expect(planOf({ leave: leave('FIRST_HALF') })[0]).toMatchObject({
      shifts: [{ fromMs: at('11:00'), lateFromMs: at('11:11') }],
      leave: [{ fromMs: at('07:00'), untilMs: at('11:00') }],
    });
    expect(planOf({ leave: leave('SECOND_HALF') })[0]).toMatchObject({
      shifts: [{ toMs: at('11:00') }],
      leave: [{ fromMs: at('11:00'), untilMs: at('15:00') }],
    });
    expect(planOf({ holidays: [{ id: 'h', date: '2026-11-20', name: 'H', kind: 'PUBLIC' }] })).toEqual([]);
    expect(planOf({ leftOn: '2026-11-19' })).toEqual([]);
  });
});
