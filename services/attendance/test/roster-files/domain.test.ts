import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guard, unguard } from '../../src/domain/roster-files/formula-guard.ts';
import { judgeCells, type ShiftTypesByName } from '../../src/domain/roster-files/judge-cells.ts';
import { headingFault, type RosterRow, readHeading, readRow } from '../../src/domain/roster-files/read-row.ts';
import { type RosterLine, rosterCsv, rosterCsvHeading } from '../../src/domain/roster-files/roster-csv.ts';
import type { RosterShift } from '../../src/domain/rosters/expand-plan.ts';
import { dayShift } from '../days/scenario.ts';

const heading = readHeading(['employeeId', 'workId', 'name', 'date', 'shift', 'action']);
const someone = '0193b9aa-0000-7000-8000-00000000a0a0';

describe('formulas', () => {
  it.each(['=1+1', '+1', '-1', '@A1', '\t=1', "'=1", "''=1", '＝1'])(
    '%j is no formula any more, and comes back',
    (cell) => {
      expect(guard(cell)).toBe(`'${cell}`);
      expect(unguard(guard(cell))).toBe(cell);
    },
  );
  it('whatever a cell holds comes back', () => {
    const nasty = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', ' ', '\t', '"', ',', '\r', '\n', 'ß'),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (cell) => {
        expect(unguard(guard(cell))).toBe(cell);
        expect(/^[=+\-@\t\r]/.test(guard(cell))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a row', () => {
  const read = (cells: string) => readRow(cells.split('|'), heading, 2);
  it.each([
    [`${someone}|W-1|Ann|2026-03-28|Night|work`, { employeeId: someone, workId: 'W-1', shift: 'Night' }],
    [`${someone.toUpperCase()}||||`, undefined],
    [`|W-1||2026-03-28|Night|`, { employeeId: null, workId: 'W-1', shift: 'Night' }],
    [`|W-1||2026-03-28||`, { shift: null }],
    [`|W-1||2026-03-28|| OFF `, { shift: null }],
    [`|'=W||2026-03-28|'+1|Work`, { workId: '=W', shift: '+1' }],
    [`| W-1 ||2026-03-28| Night |`, { workId: 'W-1', shift: 'Night' }],
    [`|W-1||2026-03-28`, { shift: null }],
    [`|||2026-03-28|Night|`, undefined],
    [`Ann|||2026-03-28|Night|`, undefined],
    [`|W-1||28.03.2026|Night|`, undefined],
    [`|W-1||2026-02-29|Night|`, undefined],
    [`|W-1||1999-12-31|Night|`, undefined],
    [`|W-1||2026-03-28|Night|off`, undefined],
    [`|W-1||2026-03-28||work`, undefined],
    [`|W-1||2026-03-28|Night|sick`, undefined],
    [`|W-1||2026-03-28|Night|work|more`, undefined],
  ])('%s', (cells, wanted) => {
    const row = read(cells);
    if (wanted) expect(row).toMatchObject({ line: 2, date: '2026-03-28', ...wanted });
    else expect(row).toEqual({ line: 2, reason: expect.any(String) });
  });
  it.each([
    [['workId', 'date', 'shift'], undefined],
    [['shift', ' date ', 'employeeId', 'action', 'name'], undefined],
    [['date', 'shift'], 'employeeId or workId is missing'],
    [['workId', 'shift'], 'the column date is missing'],
    [['workId', 'date'], 'the column shift is missing'],
    [['workId', 'date', 'shift', 'shift'], 'a column is named twice'],
    [['workId', 'date', 'shift', 'e-mail'], 'the column "e-mail" is unknown'],
  ])('a heading %j', (cells, fault) => {
    expect(headingFault(cells)).toBe(fault);
  });
});

/** Shift types by name: `from–to`. */
const typesOf = (...names: string[]): ShiftTypesByName =>
  new Map(
    names.map((name) => {
      const [start = '', end = ''] = name.split('–');
      const { id: _, ...rest } = dayShift;
      const definition = { ...rest, name, start, end, zone: null };
      return [name, { id: `id ${name}`, versions: [{ validFrom: '2000-01-01', definition }] }];
    }),
  );
const planned = (date: string, name: string): RosterShift => {
  const [start = '', end = ''] = name.includes('–') ? name.split('–') : ['14:00', '22:00'];
  return { date, zone: 'Europe/Berlin', shift: { ...dayShift, id: `id ${name}`, name, start, end }, source: 'ROSTER' };
};
const row = (line: number, date: string, shift: string | null): RosterRow => ({
  ...{ line, date, shift, employeeId: someone, workId: null },
});
const types = typesOf('06:00–14:00', '14:00–22:00', '22:00–06:00', '05:00–07:00', '23:00–06:30');

describe('a person’s rows', () => {
  const judge = (there: RosterShift[], rows: RosterRow[]) => {
    const { days, faults, unchanged } = judgeCells(there, rows, types, 'Europe/Berlin');
    return {
      days: days.map(({ date, shiftTypeIds }) => `${date} ${shiftTypeIds.join()}`),
      faults: [...faults],
      unchanged: [...unchanged],
    };
  };

  it('replace what is planned on their dates, and leave other dates alone', () => {
    const there = [planned('2026-03-27', '22:00–06:00'), planned('2026-03-28', '06:00–14:00')];
    expect(judge(there, [row(2, '2026-03-28', '14:00–22:00'), row(3, '2026-03-28', '22:00–06:00')])).toEqual({
      days: ['2026-03-28 id 14:00–22:00,id 22:00–06:00'],
      faults: [],
      unchanged: [],
    });
    expect(judge(there, [row(2, '2026-03-28', null)]).days).toEqual(['2026-03-28 ']);
  });

  it('that say what is planned change nothing, whatever the case of a name, even of a type that was retired', () => {
    const there = [planned('2026-03-28', 'Spät'), planned('2026-03-29', '06:00–14:00')];
    expect(
      judge(there, [row(2, '2026-03-28', 'SPÄT'), row(3, '2026-03-29', '06:00–14:00'), row(4, '2026-03-30', null)]),
    ).toEqual({
      days: [],
      faults: [],
      unchanged: [2, 3, 4],
    });
  });

  it.each<[string, RosterRow[], number[]]>([
    ['an unknown shift', [row(2, '2026-03-28', 'Early')], [2]],
    ['a shift twice', [row(2, '2026-03-28', '06:00–14:00'), row(3, '2026-03-28', '06:00–14:00')], [2, 3]],
    ['off and work', [row(2, '2026-03-28', null), row(3, '2026-03-28', '06:00–14:00')], [2, 3]],
    ['off twice', [row(2, '2026-03-28', null), row(3, '2026-03-28', null)], [2, 3]],
    ['two shifts at once', [row(2, '2026-03-28', '06:00–14:00'), row(3, '2026-03-28', '05:00–07:00')], [2, 3]],
    [
      'a night into the next date of the file',
      [row(2, '2026-03-28', '23:00–06:30'), row(3, '2026-03-29', '06:00–14:00')],
      [2, 3],
    ],
    [
      'a night that ends as the next shift begins',
      [row(2, '2026-03-28', '22:00–06:00'), row(3, '2026-03-29', '06:00–14:00')],
      [],
    ],
    [
      'a shift into a night that stays',
      [row(2, '2026-03-26', '23:00–06:30'), row(3, '2026-03-28', '05:00–07:00')],
      [3],
    ],
  ])('refused: %s', (_, rows, lines) => {
    const { faults } = judge([planned('2026-03-27', '22:00–06:00')], rows);
    expect(faults.map(([line]) => line).sort()).toEqual(lines);
  });
});

const day = fc.integer({ min: 1, max: 5 }).map((n) => `2026-03-0${n}`);
const line: fc.Arbitrary<RosterLine> = fc.record({
  employeeId: fc.uuid(),
  workId: fc.option(
    fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.includes('\0')),
  ),
  name: fc.string({ unit: 'grapheme' }),
  date: day,
  shift: fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.includes('\0')),
  action: fc.constant<'work'>('work'),
});

it('what is written is read back, whatever people and shifts are called', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const records: string[][] = parse(rosterCsvHeading + rosterCsv(lines), { relax_column_count: true });
      const [first = [], ...rest] = records;
      expect(headingFault(first)).toBeUndefined();
      expect(rest.map((cells, i) => readRow(cells, readHeading(first), i))).toEqual(
        lines.map(({ employeeId, workId, date, shift }, i) => ({ line: i, employeeId, workId, date, shift })),
      );
    }),
    { numRuns: 1000 },
  );
});
