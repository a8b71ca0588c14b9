import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { quarterMs } from '../../src/domain/planned-load.ts';
import { alwaysBefore, changeShiftType } from '../../src/domain/rosters/change-shift-type.ts';
import { changedDates } from '../../src/domain/rosters/compare-shifts.ts';
import { countHeads } from '../../src/domain/rosters/count-heads.ts';
import type { RosterShift } from '../../src/domain/rosters/expand-plan.ts';
import { movedInstants } from '../../src/domain/rosters/moved-instants.ts';
import { clashOf, shiftInstants } from '../../src/domain/rosters/shift-instants.ts';
import {
  definitionOn,
  type ShiftDefinition,
  type ShiftTypeVersion,
} from '../../src/domain/rosters/shift-type-history.ts';
import { dayShift } from '../days/scenario.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const { id: _, ...plain } = dayShift;
const definition: ShiftDefinition = { ...plain, name: 'S', start: '08:00', end: '16:00', zone: null };
const shift = (date: string, start: string, end: string, zone: string, id = start): RosterShift => {
  return { date, zone, source: 'ROSTER', shift: { ...plain, name: 'S', id, start, end } };
};
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const dateIn = (days: number) => fc.integer({ min: 0, max: days }).map((n) => plusDays('2026-03-01', n));

describe('a change of a shift type', () => {
  const change = fc.record(
    { start: time, lateGraceMinutes: fc.integer({ min: 0, max: 9 }), name: fc.constantFrom('A', 'B') },
    { requiredKeys: [] },
  );
  const changes = fc.array(fc.tuple(change, dateIn(60)), { maxLength: 8 });
  it('counts from its date on, field by field, and leaves every earlier date alone', () => {
    fc.assert(
      fc.property(changes, change, dateIn(60), fc.array(dateIn(70), { minLength: 5 }), (earlier, last, from, dates) => {
        const first: readonly ShiftTypeVersion[] = [{ validFrom: alwaysBefore, definition }];
        const before = earlier.reduce((versions, [what, at]) => changeShiftType(versions, what, at), first);
        const after = changeShiftType(before, last, from);
        for (const date of dates) {
          const was = definitionOn({ id: '', versions: before }, date);
          const is = definitionOn({ id: '', versions: after }, date);
          expect(is).toEqual(date < from ? was : { ...was, ...last });
        }
        const order = after.map(({ validFrom }) => validFrom);
        expect(order).toEqual([...new Set(order)].sort());
        // Said again it changes nothing.
        expect(changeShiftType(after, last, from)).toBe(after);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('heads', () => {
  it('are counted once at each end of a shift, in the quarter it lies in, in every zone', () => {
    const planned = fc.array(
      fc.record({ date: dateIn(300), start: time, end: time, zone: fc.constantFrom(...zones) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(planned, (all) => {
        const shifts = all.map(({ date, start, end, zone }) => shift(date, start, end, zone));
        const quarters = countHeads(shifts, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
        const sum = (what: 'checkIns' | 'checkOuts') => quarters.reduce((total, one) => total + one[what], 0);
        expect([sum('checkIns'), sum('checkOuts')]).toEqual([all.length, all.length]);
        for (const { startsAtMs, checkIns } of quarters) {
          const begin = shifts.filter((one) => {
            const startMs = shiftInstants(one)?.startMs ?? 0;
            return startMs >= startsAtMs && startMs < startsAtMs + quarterMs;
          });
          expect(checkIns).toBe(begin.length);
        }
      }),
    );
  });
  it.each([
    ['Europe/Berlin', '2026-03-28', 7],
    ['Europe/Berlin', '2026-10-24', 9],
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['Australia/Lord_Howe', '2026-10-03', 7.5],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
    ['America/St_Johns', '2026-03-07', 7],
    ['America/St_Johns', '2026-10-31', 9],
    ['Asia/Kolkata', '2026-03-28', 8],
    ['Pacific/Apia', '2026-03-28', 8],
    ['Africa/Casablanca', '2026-02-14', 9],
    ['Africa/Casablanca', '2026-03-21', 7],
  ])('in %s the night of %s lasts %d hours', (zone, date, hours) => {
    const [quarter, last] = countHeads([shift(date, '22:00', '06:00', zone)], {
      fromMs: 0,
      toMs: Number.MAX_SAFE_INTEGER,
    });
    expect(((last?.startsAtMs ?? 0) - (quarter?.startsAtMs ?? 0)) / 3_600_000).toBe(hours);
  });
});

describe('two shifts of a person', () => {
  it('clash when they share a moment, by the clock of the world', () => {
    const one = fc.record({ date: dateIn(4), start: time, end: time, zone: fc.constantFrom(...zones) });
    fc.assert(
      fc.property(one, one, (a, b) => {
        const [first, second] = [
          shift(a.date, a.start, a.end, a.zone, 'a'),
          shift(b.date, b.start, b.end, b.zone, 'b'),
        ];
        const [x, y] = [shiftInstants(first), shiftInstants(second)];
        const shared = x && y && x.startMs < y.endMs && y.startMs < x.endMs;
        expect(clashOf([first, second]) !== undefined).toBe(Boolean(shared));
        expect(clashOf([second, first]) !== undefined).toBe(Boolean(shared));
      }),
      { numRuns: 2000 },
    );
  });
  it.each([
    ['16:00', undefined],
    ['15:59', 'clash'],
  ])('the next begins at %s: %s', (start, expected) => {
    const two = [shift('2026-03-02', '08:00', '16:00', 'UTC'), shift('2026-03-02', start, '20:00', 'UTC')];
    expect(clashOf(two) && 'clash').toBe(expected);
  });
});

describe('what changed between two plans', () => {
  const plan = fc.uniqueArray(fc.tuple(dateIn(9), fc.constantFrom('08:00', '20:00')), {
    selector: ([date, start]) => `${date} ${start}`,
  });
  it('is where a shift went or came, whoever said so', () => {
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const shifts = (all: [string, string][]) => all.map(([date, start]) => shift(date, start, '23:00', 'UTC'));
        const keys = (all: [string, string][]) => new Set(all.map((one) => one.join(' ')));
        const [was, is] = [keys(before), keys(after)];
        const dates = [...was.symmetricDifference(is)].map((key) => key.slice(0, 10)).sort();
        const changed = changedDates(
          shifts(before),
          shifts(after).map((one) => ({ ...one, source: 'DEFAULT' })),
        );
        expect(changed).toEqual(dates.length === 0 ? undefined : { from: dates[0], to: dates.at(-1) });
      }),
    );
  });
});

it('kept instants that are what they were move nothing', () => {
  fc.assert(
    fc.property(
      dateIn(300),
      time,
      time,
      fc.constantFrom(...zones),
      fc.integer({ min: -2, max: 2 }),
      (date, start, end, zone, off) => {
        const instants = shiftInstants(shift(date, start, end, zone));
        if (!instants) return;
        const kept = { zone, date, start, end, startMs: instants.startMs + off * 1_800_000, endMs: instants.endMs };
        expect(movedInstants([kept]).length).toBe(off === 0 ? 0 : 1);
      },
    ),
  );
});
