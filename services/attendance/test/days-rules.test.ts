import { describe, expect, it } from 'vitest';
import {
  type AttendanceDay,
  deriveDay,
  deriveEventfulDays,
  deriveWeek,
  type Fact,
  type PersonRecord,
  type PunchType,
  plainRules,
  type RuleSet,
  type ShiftType,
} from '../src/domain/days/index.ts';
import { roundDuration, roundInstant } from '../src/domain/days/round-day.ts';
import { shiftWindows } from '../src/domain/days/shift-window.ts';
import { nights } from './days/random-record.ts';
import { dayShift } from './days/scenario.ts';

const minute = 60_000;
const hour = 60 * minute;
const on = (changes: Partial<ShiftType>): ShiftType => ({ ...dayShift, start: '22:00', end: '06:00', ...changes });

// Every rule at both sides of its border, in every zone, on the nights on which the clocks change.
describe.each(nights)('%s, night shift of %s', (zone, date) => {
  const [plain] = shiftWindows([{ date, zone, shift: on({}), source: 'ASSIGNMENT' }]);
  if (!plain) throw new Error('the shift takes place');
  const { startMs: start, endMs: end } = plain;
  const base: PersonRecord = {
    employeeId: 'person',
    zone,
    joinedOn: null,
    leftOn: null,
    facts: [],
    shifts: [{ date, zone, shift: on({}), source: 'ASSIGNMENT' }],
    leave: [],
    holidays: [],
    approvals: [],
    rules: plainRules,
    knownUntilMs: end + 48 * hour,
  };
  const punch = (id: string, type: PunchType, atMs: number, source: 'kiosk' | 'auto' = 'kiosk'): Fact => ({
    kind: 'punch',
    id,
    type,
    atMs,
    source,
  });
  const stay = (fromMs: number, toMs: number): Fact[] => [punch('in', 'IN', fromMs), punch('out', 'OUT', toMs)];
  const day = (facts: Fact[], shift: Partial<ShiftType> = {}, more: Partial<PersonRecord> = {}): AttendanceDay =>
    deriveDay({ ...base, facts, shifts: [{ date, zone, shift: on(shift), source: 'ASSIGNMENT' }], ...more }, date);
  const rules = (changes: Partial<RuleSet>): Partial<PersonRecord> => ({ rules: { ...plainRules, ...changes } });

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

  it('a missed check-out closes by tolerance or at a fixed time, and a late real punch replaces it', () => {
    const tolerance = { autoClose: { by: 'TOLERANCE' as const, minutes: 30 } };
    const closes = end + 30 * minute;
    expect(day([punch('in', 'IN', start)], tolerance).autoCloseAtMs).toBe(closes);
    expect(day([punch('in', 'IN', start)], { autoClose: { by: 'FIXED', time: '06:00' } }).autoCloseAtMs).toBe(end);
    const auto = [punch('in', 'IN', start), punch('auto', 'OUT', closes, 'auto')];
    expect(day(auto, tolerance)).toMatchObject({
      flags: ['AUTO_CLOSED'],
      workedMs: closes - start,
      autoCloseAtMs: null,
    });
    for (const realMs of [end - hour, closes, closes + hour])
      expect(day([...auto, punch('real', 'OUT', realMs)], tolerance)).toMatchObject({
        workedMs: realMs - start,
        stays: [{ outId: 'real', auto: false }],
        supersededIds: ['auto'],
      });
  });

  it('a check-out belongs to the check-in at most the longest stay before it', () => {
    const most = plainRules.longestStayMinutes * minute;
    expect(day(stay(start, start + most)).stays).toMatchObject([{ outId: 'out' }]);
    expect(day(stay(start, start + most + 1)).stays).toMatchObject([{ outId: null }]);
  });

  it.each([
    ['within the repeat time', minute, { repeatedIds: ['again'], workedMs: 4 * hour }],
    ['later', minute + 1, { repeatedIds: [], workedMs: 4 * hour - minute - 1 }],
  ])('a double check-in %s', (_, afterMs, expected) => {
    expect(day([...stay(start, start + 4 * hour), punch('again', 'IN', start + afterMs)])).toMatchObject(expected);
  });

  it('contradictions are one visible conflict of one day', () => {
    const added: Fact = {
      kind: 'correction',
      id: 'c',
      change: 'add',
      targetId: null,
      punch: { type: 'IN', atMs: start + hour },
      decidedAtMs: end,
    };
    expect(day([...stay(start, end), added])).toMatchObject({
      conflicts: [{ kind: 'TWO_CHECK_INS', factIds: ['c', 'in'], countedId: 'c' }],
      workedMs: end - start - hour,
    });
    const replaced = (id: string, atMs: number, decidedAtMs: number): Fact => ({
      kind: 'correction',
      id,
      change: 'replace',
      targetId: 'in',
      punch: { type: 'IN', atMs },
      decidedAtMs,
    });
    const two = [...stay(start, end), replaced('c1', start + hour, 1), replaced('c2', start + 2 * hour, 1)];
    expect(day(two)).toMatchObject({
      conflicts: [{ kind: 'TWO_CORRECTIONS', factIds: ['c1', 'c2', 'in'], countedId: 'c2' }],
      stays: [{ inId: 'c2' }],
    });
    // Withdrawing one settles it.
    expect(
      day([...two, { kind: 'correction', id: 'c3', change: 'void', targetId: 'c2', punch: null, decidedAtMs: 2 }]),
    ).toMatchObject({
      conflicts: [],
      stays: [{ inId: 'c1' }],
    });
  });
});

describe('a person who works elsewhere by now', () => {
  it('keeps the dates of the place where the punches were made', () => {
    const punch = (id: string, type: PunchType, at: string): Fact => ({
      kind: 'punch',
      id,
      type,
      atMs: Date.parse(at),
      source: 'web',
      zone: 'Europe/Berlin',
    });
    const facts = [punch('a', 'IN', '2026-03-01T23:30:00Z'), punch('b', 'OUT', '2026-03-02T01:00:00Z')];
    const none = {
      joinedOn: null,
      leftOn: null,
      shifts: [],
      leave: [],
      holidays: [],
      approvals: [],
      rules: plainRules,
    };
    const record = {
      ...none,
      employeeId: 'p',
      zone: 'America/New_York',
      facts,
      knownUntilMs: Date.parse('2026-03-05'),
    };
    expect(deriveDay(record, '2026-03-02')).toMatchObject({ zone: 'Europe/Berlin', workedMs: 1.5 * hour });
    expect(deriveDay(record, '2026-03-01').stays).toEqual([]);
  });
});

describe('days on which something happened', () => {
  const none = { joinedOn: null, leftOn: null, shifts: [], leave: [], holidays: [], approvals: [], rules: plainRules };
  const record = { ...none, employeeId: 'p', zone: 'Europe/Berlin', knownUntilMs: Date.parse('2026-03-09') };
  const atMs = Date.parse('2026-03-02T09:00Z');
  const correct = (id: string, change: 'replace' | 'void'): Fact => ({
    kind: 'correction',
    id,
    change,
    targetId: 'a',
    punch: change === 'void' ? null : { type: 'IN', atMs },
    decidedAtMs: change === 'void' ? 2 : 1,
  });

  it('include one whose only punch two managers disagree about', () => {
    const facts = [
      { kind: 'punch' as const, id: 'a', type: 'IN' as const, atMs, source: 'web' as const },
      correct('b', 'replace'),
      correct('c', 'void'),
    ];
    expect(deriveEventfulDays({ ...record, facts }, '2026-02-20', '2026-03-20')).toMatchObject([
      {
        date: '2026-03-02',
        flags: ['CONFLICT'],
        stays: [],
        conflicts: [{ factIds: ['a', 'b', 'c'], countedId: null }],
      },
    ]);
  });

  it('leave out a shift after somebody left', () => {
    const shifts = ['2026-03-02', '2026-03-03'].map((date) => ({
      date,
      zone: 'Europe/Berlin',
      shift: dayShift,
      source: 'DEFAULT' as const,
    }));
    const left = { ...record, shifts, facts: [], leftOn: '2026-03-02' };
    expect(deriveEventfulDays(left, '2026-02-20', '2026-03-20').map(({ date }) => date)).toEqual(['2026-03-02']);
  });
});

describe('rounding, once and at the end', () => {
  it.each([
    ['NEAREST', 15, 7.5, 15],
    ['NEAREST', 15, 7.49, 0],
    ['UP', 15, 0.01, 15],
    ['UP', 15, 15, 15],
    ['DOWN', 15, 14.99, 0],
    ['DOWN', 15, 15, 15],
    ['NEAREST', 6, 3, 6],
    ['NEAREST', 6, 2.99, 0],
    ['NEAREST', 5, 2.5, 5],
    ['UP', 1, 0.01, 1],
    ['DOWN', 1, 0.99, 0],
  ] as const)('%s to %d minutes: %d min is %d', (how, toMinutes, given, rounded) => {
    expect(roundDuration(given * minute, { how, toMinutes })).toBe(rounded * minute);
  });

  it('keeps to the wall clock where the offset is odd, and leaves alone what no rule names', () => {
    expect(roundInstant(7 * minute, () => 5.75 * hour, { how: 'DOWN', toMinutes: 15 })).toBe(0);
    expect(roundInstant(7 * minute, () => 20 * minute, { how: 'DOWN', toMinutes: 15 })).toBe(-5 * minute);
    expect(roundInstant(7 * minute + 1, () => 0, null)).toBe(7 * minute + 1);
  });
});

describe('a fixed week of 168 hours', () => {
  const anchorMs = Date.parse('2026-03-23T00:00:00Z');
  const rules: RuleSet = { ...plainRules, week: { anchorMs, afterMinutes: 600, maxMinutes: 60 } };
  const work = (fromMs: number, toMs: number, date: string): AttendanceDay => {
    const facts: Fact[] = [
      { kind: 'punch', id: 'i', type: 'IN', atMs: fromMs, source: 'web' },
      { kind: 'punch', id: 'o', type: 'OUT', atMs: toMs, source: 'web' },
    ];
    const none = { joinedOn: null, leftOn: null, shifts: [], leave: [], holidays: [], approvals: [] };
    return deriveDay(
      { ...none, employeeId: 'p', zone: 'Europe/Berlin', facts, rules, knownUntilMs: toMs + 99 * hour },
      date,
    );
  };

  it('begins and ends to the millisecond, whatever the clocks do in it', () => {
    const week = 168 * hour;
    expect(deriveWeek(anchorMs, [], rules)).toMatchObject({ fromMs: anchorMs, toMs: anchorMs + week });
    expect(deriveWeek(anchorMs + week - 1, [], rules)).toMatchObject({ fromMs: anchorMs });
    expect(deriveWeek(anchorMs - 1, [], rules)).toMatchObject({ fromMs: anchorMs - week });
    // Sunday night over the border: each week has its own part.
    const borderMs = anchorMs + week;
    const night = work(borderMs - 3 * hour, borderMs + 4 * hour, '2026-03-29');
    expect(deriveWeek(borderMs - 1, [night], rules)?.workedMs).toBe(3 * hour);
    expect(deriveWeek(borderMs, [night], rules)?.workedMs).toBe(4 * hour);
  });

  it('adds what the days did not pay, up to its maximum', () => {
    const at = (hours: number): number => anchorMs + hours * hour;
    const ten = work(at(8), at(18), '2026-03-23');
    expect(deriveWeek(anchorMs, [ten], rules)).toMatchObject({ countedMs: 0 });
    const more = (ms: number): AttendanceDay => work(at(32), at(32) + ms, '2026-03-24');
    expect(deriveWeek(anchorMs, [ten, more(1)], rules)).toMatchObject({ countedMs: 1 });
    expect(deriveWeek(anchorMs, [ten, more(hour), ten], rules)).toMatchObject({ countedMs: hour });
    expect(deriveWeek(anchorMs, [ten, more(hour + 1)], rules)).toMatchObject({ countedMs: hour });
  });
});
