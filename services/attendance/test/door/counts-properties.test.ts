import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countStays, type StayCount } from '../../src/domain/days/count-stays.ts';
import { deriveWithStays, type LeaveDay } from '../../src/domain/days/index.ts';
import { plusDays } from '../../src/domain/days/wall-time.ts';
import { countCheckIn, countCheckOut } from '../../src/domain/door/count-punch.ts';
import { localDay } from '../../src/domain/local-day.ts';
import { nights, randomRecord, spanDays } from '../days/random-record.ts';
import { at, date, doorOf, early, longestStayMs, minute, ofTheDay, recordOf, split, type } from './counting.ts';

describe('whatever happens', () => {
  it('the stays of a day come to what the day says', () => {
    fc.assert(
      fc.property(randomRecord, (record) => {
        const first = record.shifts[0]?.date ?? date;
        const { days, counts } = deriveWithStays(record, plusDays(first, -3), plusDays(first, spanDays + 3));
        for (const day of days) {
          const own = counts.filter((one) => one.date === day.date);
          const sum = (pick: (one: StayCount) => number) => own.reduce((total, one) => total + pick(one), 0);
          expect(sum(({ late }) => late?.minutes ?? 0)).toBe(day.lateMinutes);
          expect(sum(({ earlyExit }) => earlyExit?.minutes ?? 0)).toBe(day.earlyExitMinutes);
          for (const { inId, shiftId } of day.stays)
            if (shiftId !== null) expect(own.find((one) => one.inId === inId)?.shift?.id).toBe(shiftId);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('the door says of the last stay what the day says, as long as nobody changes anything', () => {
    const gaps = fc.array(fc.integer({ min: 2, max: 12 * 60 }), { minLength: 1, maxLength: 9 });
    const plans = fc.constantFrom([early], split, [type('22:00', '06:00')], [type('00:30', '06:00')], []);
    const night = fc.constantFrom(...nights.filter(([, on]) => on !== '2011-12-29'));
    const parts = fc.constantFrom<(LeaveDay['part'] | undefined)[]>(
      undefined,
      undefined,
      'FIRST_HALF',
      'SECOND_HALF',
      'FULL',
    );
    fc.assert(
      fc.property(
        plans,
        night,
        parts,
        fc.integer({ min: 0, max: 1440 }),
        gaps,
        (types, [zone, on], leave, start, minutes) => {
          const record = recordOf(types, { zone, on, ...(leave && { leave }) });
          let next = at('00:00', on, zone) + start * minute;
          const edges = [0, ...minutes].map((gap) => {
            next += gap * minute;
            return next;
          });
          const stays = edges.flatMap((from, i): [number, number | null][] =>
            i % 2 === 0 ? [[from, edges[i + 1] ?? null]] : [],
          );
          stays.forEach((_, i) => {
            const sofar = stays.slice(0, i + 1);
            const open = sofar.map(([from, to], k): [number, number | null] => [from, k === i ? null : to]);
            // Sessions before are in line with the day, as the worker sees to it.
            for (const some of [open, sofar]) {
              const day = ofTheDay(record, some);
              const known = some.map(([fromMs, toMs], k) => ({
                date: day[k]?.shift?.date ?? localDay(fromMs, zone).date,
                fromMs,
                toMs,
              }));
              const [fromMs, toMs] = some[i] as [number, number | null];
              const count = countCheckIn(
                doorOf(record, localDay(fromMs, zone).date, fromMs),
                known.slice(0, i),
                fromMs,
              );
              const checkIn = { date: count.shift?.date ?? localDay(fromMs, zone).date, fromMs };
              const out =
                toMs === null
                  ? count
                  : countCheckOut(doorOf(record, localDay(toMs, zone).date, toMs, toMs - longestStayMs), checkIn, toMs);
              expect({ ...count, ...out, shift: out.shift ?? count.shift }).toEqual(day[i]);
            }
          });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('shifts that overlap count a stay twice, as the day does', () => {
    const window = (fromMs: number, toMs: number) => ({
      date,
      shift: { id: `${fromMs}`, name: 'x', lateGraceMinutes: 0, earlyGraceMinutes: 0 },
      startMs: fromMs,
      endMs: toMs,
      windowFromMs: fromMs,
      windowUntilMs: toMs,
    });
    const windows = [window(0, 100 * minute), window(10 * minute, 120 * minute)];
    const due = windows.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }));
    const stay = { inId: 'i', outId: 'o', fromMs: 30 * minute, toMs: 90 * minute, auto: false };
    expect(countStays(windows, due, [stay])).toMatchObject([
      { late: { minutes: 50, dueMs: 0 }, earlyExit: { minutes: 40, dueMs: 100 * minute } },
    ]);
  });
});
