import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { aheadBy, cellOn, weekOf } from '../../src/domain/rosters/cycle.ts';
import { expandPlan } from '../../src/domain/rosters/expand-plan.ts';
import { noPlan, type PersonPlan, type PlannedDay, type Stretch } from '../../src/domain/rosters/person-plan.ts';
import type { ShiftDefinition, ShiftTypeHistory } from '../../src/domain/rosters/shift-type-history.ts';
import { dayShift } from '../days/scenario.ts';

const { id: _, ...plain } = dayShift;
const definition = (name: string, start: string, end: string, zone: string | null = null): ShiftDefinition => ({
  ...plain,
  ...{ name, start, end, zone },
});
const always = '2000-01-01';
const types = new Map<string, ShiftTypeHistory>(
  [
    { id: 'D', versions: [{ validFrom: always, definition: definition('Day', '08:00', '16:00') }] },
    { id: 'N', versions: [{ validFrom: always, definition: definition('Night', '22:00', '06:00') }] },
    {
      id: 'X',
      versions: [
        { validFrom: always, definition: definition('Old', '09:00', '17:00') },
        { validFrom: '2026-03-15', definition: definition('New', '10:00', '18:00', 'Asia/Kolkata') },
      ],
    },
  ].map((one) => [one.id, one]),
);
const zone = 'Europe/Berlin';
const on = (letters: string): string[][] => [...letters].map((one) => (one === '-' ? [] : [one]));
const stretch = (pattern: string, o: Partial<Stretch> & { anchor?: string } = {}): Stretch => ({
  from: always,
  to: null,
  zone,
  cycle: { anchor: o.anchor ?? '2026-03-02', pattern: on(pattern) },
  ...o,
});
const letters = (plan: Partial<PersonPlan>, from: string, to: string): string => {
  const shifts = expandPlan({ ...noPlan, ...plan }, types, from, to);
  let text = '';
  for (let date = from; date <= to; date = plusDays(date, 1)) {
    const there = shifts.filter((one) => one.date === date).map((one) => one.shift.id);
    text += there.length === 0 ? '-' : there.length === 1 ? there[0] : `(${there.join('')})`;
  }
  return text;
};
const days = (all: Record<string, readonly string[] | null>): ReadonlyMap<string, PlannedDay> =>
  new Map(Object.entries(all).map(([date, shiftTypeIds]) => [date, { shiftTypeIds, zone }]));

describe('a rotation', () => {
  it.each([
    ['from its anchor on', 'DDNN--', 0, '2026-03-02', '2026-03-13', 'DDNN--DDNN--'],
    ['before its anchor, too', 'DDNN--', 0, '2026-02-26', '2026-03-03', 'NN--DD'],
    ['a day ahead', 'DDNN--', 1, '2026-03-02', '2026-03-07', 'DNN--D'],
    ['a whole turn ahead', 'DDNN--', 6, '2026-03-02', '2026-03-07', 'DDNN--'],
    ['4 on, 2 off', 'DDDD--', 2, '2026-03-02', '2026-03-09', 'DD--DDDD'],
    ['over the night the clocks change', 'DN', 0, '2026-03-28', '2026-03-31', 'DNDN'],
  ])('%s', (_, pattern, offset, from, to, expected) => {
    const one = stretch(pattern);
    expect(letters({ assignments: [{ ...one, cycle: aheadBy(one.cycle, offset) }] }, from, to)).toBe(expected);
  });
  it('repeats for ever, both ways', () => {
    const date = fc.integer({ min: -40_000, max: 40_000 });
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 366 }), fc.integer({ min: -5, max: 5 }), (offset, length, turns) => {
        const cycle = { anchor: '2026-03-02', pattern: Array.from({ length }, (_, n) => [`${n}`]) };
        const day = plusDays('2026-03-02', offset % 3000);
        expect(cellOn(cycle, plusDays(day, turns * length))).toEqual(cellOn(cycle, day));
        expect(cellOn(aheadBy(cycle, 1), day)).toEqual(cellOn(cycle, plusDays(day, 1)));
      }),
    );
  });
  it('of a week follows the days of the week', () => {
    // 2026-03-02 is a Monday.
    const cycle = weekOf('D', [1, 3, 7]);
    expect(letters({ assignments: [stretch('-', { cycle })] }, '2026-03-02', '2026-03-10')).toBe('D-D---DD-');
    expect(letters({ assignments: [stretch('-', { cycle: weekOf('N', null) })] }, '2026-03-02', '2026-03-04')).toBe(
      'NNN',
    );
  });
});

describe('what comes first', () => {
  const assignments = [stretch('D', { from: '2026-03-02', to: '2026-03-04' })];
  const defaults = [stretch('N', { from: '2026-03-03' })];
  it.each([
    ['nobody said anything', {}, '-----'],
    ['the default', { defaults }, '-NNNN'],
    ['the assignment, between its dates', { assignments, defaults }, 'DDDNN'],
    ['a published day', { assignments, defaults, days: days({ '2026-03-03': ['N'] }) }, 'DNDNN'],
    ['a published day off', { assignments, defaults, days: days({ '2026-03-03': [], '2026-03-06': [] }) }, 'D-DN-'],
    ['split shifts', { assignments, days: days({ '2026-03-04': ['X', 'N'] }) }, 'DD(XN)--'],
    ['a day given back', { assignments, defaults, days: days({ '2026-03-03': null }) }, 'DDDNN'],
    ['a free day of an assignment, not the default', { assignments: [stretch('D-')], defaults }, 'D-D-D'],
  ])('%s', (_, plan, expected) => {
    expect(letters(plan, '2026-03-02', '2026-03-06')).toBe(expected);
  });
  it('is told with the shift', () => {
    const plan = { assignments, defaults, days: days({ '2026-03-02': ['N'] }) };
    const found = expandPlan(plan, types, '2026-03-02', '2026-03-05').map(({ date, source }) => [date, source]);
    expect(found).toEqual([
      ['2026-03-02', 'ROSTER'],
      ['2026-03-03', 'ASSIGNMENT'],
      ['2026-03-04', 'ASSIGNMENT'],
      ['2026-03-05', 'DEFAULT'],
    ]);
  });
});

describe('a changed shift type', () => {
  it('changes shifts from its date on, none before', () => {
    const found = expandPlan({ ...noPlan, assignments: [stretch('X')] }, types, '2026-03-14', '2026-03-15');
    expect(found.map(({ date, zone: at, shift }) => [date, at, shift.name, shift.start, shift.id])).toEqual([
      ['2026-03-14', 'Europe/Berlin', 'Old', '09:00', 'X'],
      ['2026-03-15', 'Asia/Kolkata', 'New', '10:00', 'X'],
    ]);
  });
  it('that nobody knows is left out', () => {
    expect(letters({ assignments: [stretch('DZ')] }, '2026-03-02', '2026-03-05')).toBe('D-D-');
  });
});

it('whatever is planned: a span is its days, one after the other', () => {
  const offset = fc.integer({ min: 0, max: 60 });
  const date = (n: number): string => plusDays('2026-02-20', n);
  const stretches = fc.array(
    fc.record({ at: offset, length: fc.integer({ min: 1, max: 9 }), pattern: fc.stringMatching(/^[DNX-]{1,7}$/) }),
    { maxLength: 4 },
  );
  // One after the other, as the database keeps them.
  const apart = (all: { at: number; length: number; pattern: string }[]): Stretch[] => {
    let next = 0;
    return all.map(({ at, length, pattern }) => {
      const from = next + (at % 7);
      next = from + length;
      return stretch(pattern, { from: date(from), to: date(next - 1) });
    });
  };
  const published = fc.dictionary(offset.map(date), fc.constantFrom(null, [], ['D'], ['N', 'X']), { maxKeys: 8 });
  fc.assert(
    fc.property(stretches, stretches, published, offset, offset, (assigned, byDefault, single, a, b) => {
      const plan = { assignments: apart(assigned), defaults: apart(byDefault), days: days(single) };
      const [from, to] = [date(Math.min(a, b)), date(Math.max(a, b))];
      const whole = expandPlan(plan, types, from, to);
      const daily = [];
      for (let day = from; day <= to; day = plusDays(day, 1)) daily.push(...expandPlan(plan, types, day, day));
      expect(whole).toEqual(daily);
      for (const { date: day, source, shift } of whole) {
        const said: readonly string[] | null | undefined = single[day];
        if (said) expect([source, said.includes(shift.id)]).toEqual(['ROSTER', true]);
        else if (plan.assignments.some((one) => one.from <= day && day <= (one.to ?? day)))
          expect(source).toBe('ASSIGNMENT');
        else expect(source).toBe('DEFAULT');
      }
    }),
    { numRuns: 2000 },
  );
});
