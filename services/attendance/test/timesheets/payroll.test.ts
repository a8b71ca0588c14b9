import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hundredthsOf, type PayrollRow, payrollFile } from '../../src/domain/timesheets/payroll.ts';
import { addUp, type Sums } from '../../src/domain/timesheets/sums.ts';

const none = addUp([], []);
const hour = 3_600_000;
const minute = 60_000;
const row = (n: number, sums: Partial<Sums>, department: string | null = 'Ward'): PayrollRow => ({
  month: '2026-03',
  siteId: '019a0000-0000-7000-8000-00000000beef',
  version: 1,
  employeeId: `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  department,
  sums: { ...none, ...sums },
});

/** Three people as a clerk would calculate them. */
const march: PayrollRow[] = [
  // 21 days of 8 h and 20 minutes: 175 h, of which 7 h are beyond; 20 minutes a day late never.
  row(1, {
    presentDays: 21,
    workedMs: 175 * hour,
    roundedMs: 175 * hour,
    expectedMs: 168 * hour,
    normalMs: 7 * hour,
    weightedMs: 10.5 * hour,
  }),
  // Two and a half days of leave, one day ill; 17 days and a half day worked, 100 h 10 min: 100.17 h.
  row(2, {
    presentDays: 17,
    halfDays: 1,
    onLeaveDays: 3,
    leaveHalves: { annual: 5, sick: 2 },
    workedMs: 100 * hour + 10 * minute,
    roundedMs: 100 * hour,
    expectedMs: 140 * hour,
    lateDays: 2,
    lateMinutes: 25,
  }),
  // Nights with a holiday and a weekend; 20 s make 0.01 h, 17 s nothing.
  row(
    3,
    {
      presentDays: 20,
      holidays: 1,
      workedMs: 160 * hour + 20_000,
      roundedMs: 160 * hour,
      expectedMs: 152 * hour,
      weekendMs: 4 * hour + 17_000,
      holidayMs: 8 * hour,
      weightedMs: 22 * hour,
      weeklyMs: 2 * hour,
      weeklyWeightedMs: 3 * hour,
      earlyExitDays: 1,
      earlyExitMinutes: 7,
    },
    '=cmd()',
  ),
];

async function* batches<T>(ones: readonly T[], size: number): AsyncGenerator<T[]> {
  for (let i = 0; i < ones.length; i += size) yield ones.slice(i, i + size);
}
const written = async (rows: readonly PayrollRow[], size = 2): Promise<string> => {
  let text = '';
  for await (const part of payrollFile(batches(rows, size))) text += part;
  return text;
};

describe('the payroll export', () => {
  it('is the page that docs/payroll-export.md describes, to the byte', async () => {
    const golden = readFileSync(new URL('../golden/payroll.csv', import.meta.url), 'utf8');
    expect(await written(march)).toBe(golden);
    expect(await written(march, 1)).toBe(golden);
    expect(await written(march, 100)).toBe(golden);
  });

  it('adds up to what its last line says, and carries the checksum of the lines above', async () => {
    const text = await written(march);
    const lines = text.trimEnd().split('\r\n');
    const cells = lines.map((line) => line.split(','));
    const [heading = []] = cells;
    const total = cells.at(-1) ?? [];
    for (const [i, name] of heading.entries()) {
      if (i < 6 || i > 22) continue;
      const sum = cells.slice(1, -1).reduce((all, line) => all + Math.round(Number(line[i]) * 100), 0);
      expect([name, Math.round(Number(total[i]) * 100)]).toEqual([name, sum]);
    }
    const above = text.slice(0, text.lastIndexOf('\r\nT,') + 2);
    expect(total.at(-1)).toBe(createHash('sha256').update(above).digest('hex'));
    expect(total.slice(0, 5)).toEqual(['T', '2026-03', '', '', '3']);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('is a heading and a total where nobody is', async () => {
    const lines = (await written([])).split('\r\n');
    expect(lines.length).toBe(3);
    expect(lines[1]).toMatch(/^T,,,,0,,0,/);
  });

  it('rounds once, halves up, to hundredths of an hour', () => {
    expect([0, 17_999, 18_000, 36_000, 53_999, 54_000, hour].map(hundredthsOf)).toEqual([0, 0, 1, 1, 1, 2, 100]);
    fc.assert(
      fc.property(fc.nat(31 * 24 * hour), (ms) => {
        // By means of whole numbers of another size.
        expect(hundredthsOf(ms)).toBe(Number((BigInt(ms) * 2n + 36_000n) / 72_000n));
      }),
    );
  });
});
