import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveDay, deriveDays, explainDay, type Fact, factsReach } from '../../src/domain/days/index.ts';
import { expectEveryPunchOnce } from './every-punch-once.ts';
import { randomRecord, shuffled } from './random-record.ts';

// `make fuzz-days` asks for a million.
const cases = Number(process.env.DAYS_CASES ?? 100_000);
const aLongTime = 3_600_000;

const around = (facts: readonly Fact[]): [from: string, to: string] => {
  const at = facts.flatMap((fact) => (fact.kind === 'punch' ? fact.atMs : (fact.punch?.atMs ?? [])));
  const date = (atMs: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO('UTC').toPlainDate();
  return [
    date(Math.min(...at))
      .subtract({ days: 3 })
      .toString(),
    date(Math.max(...at))
      .add({ days: 3 })
      .toString(),
  ];
};

/** The date of one of the facts: something happened there. */
function dateIn(facts: readonly Fact[], seed: number): string {
  const fact = facts[(seed >>> 9) % facts.length];
  const atMs = fact?.kind === 'punch' ? fact.atMs : (fact?.punch?.atMs ?? fact?.decidedAtMs ?? 0);
  return new Date(atMs).toISOString().slice(0, 10);
}

describe('attendance days of random facts', () => {
  it(
    `are the same bytes in any order, repeated, and delivered in parts with corrections between (${cases} cases)`,
    () => {
      fc.assert(
        fc.property(randomRecord, fc.integer(), (record, seed) => {
          const date = dateIn(record.facts, seed);
          const expected = JSON.stringify(deriveDay(record, date));
          // Delivered in two parts in an order of chance, some twice; what was known in between is forgotten again.
          const facts = shuffled([...record.facts, ...record.facts.slice(0, seed & 3)], seed);
          const part = facts.slice(0, (seed >>> 3) % (facts.length + 1));
          if ((seed & 0x700) === 0) deriveDay({ ...record, facts: part }, date);
          const arrived = {
            ...record,
            facts: [...facts.slice(part.length), ...part],
            shifts: shuffled(record.shifts, seed),
          };
          if (JSON.stringify(deriveDay(arrived, date)) !== expected)
            expect(deriveDay(arrived, date)).toEqual(JSON.parse(expected));
        }),
        { numRuns: cases },
      );
    },
    aLongTime,
  );

  it(
    'show every punch on exactly one day, whatever becomes of it',
    () => {
      fc.assert(
        fc.property(randomRecord, (record) => {
          const days = deriveDays(record, ...around(record.facts));
          expectEveryPunchOnce(days, record.facts);
        }),
        { numRuns: cases / 20 },
      );
    },
    aLongTime,
  );

  it(
    'are explained without a gap, and what counts adds up',
    () => {
      fc.assert(
        fc.property(randomRecord, (record) => {
          const [from, to] = around(record.facts);
          for (const day of deriveDays(record, from, to)) {
            const { spans, fromMs, toMs } = explainDay(record, day.date);
            const sum = (rule?: string): number =>
              spans
                .filter((span) => span.counts && (rule === undefined || span.rule === rule))
                .reduce((total, span) => total + span.toMs - span.fromMs, 0);
            expect(sum()).toBe(day.workedMs);
            expect(sum('overtime.day')).toBe(day.overtime?.workedMs ?? 0);
            expect([fromMs, ...spans.map((span) => span.toMs)]).toEqual([...spans.map((span) => span.fromMs), toMs]);
            const known = new Set([...record.facts.map(({ id }) => id), 'l1', 'h1']);
            expect(spans.flatMap(({ factIds }) => factIds).filter((id) => !known.has(id))).toEqual([]);
          }
        }),
        { numRuns: cases / 100 },
      );
    },
    aLongTime,
  );

  it(
    'follow from the facts within reach alone, so that one day can be derived without history',
    () => {
      fc.assert(
        fc.property(randomRecord, fc.nat(3), (record, nth) => {
          const [from] = around(record.facts);
          const date = Temporal.PlainDate.from(from).add({ days: 3 + nth });
          const start = (days: number): number => date.add({ days }).toZonedDateTime(record.zone).epochMilliseconds;
          const near = (atMs: number): boolean =>
            atMs >= start(-factsReach.daysBefore) && atMs < start(factsReach.daysAfter + 1);
          const facts = record.facts.filter((fact) => fact.kind === 'correction' || near(fact.atMs));
          const day = deriveDay({ ...record, facts }, date.toString());
          expect(JSON.stringify(day)).toBe(JSON.stringify(deriveDay(record, date.toString())));
        }),
        { numRuns: cases / 20 },
      );
    },
    aLongTime,
  );

  it(
    'count the minutes that a calendar of minutes counts',
    () => {
      fc.assert(
        fc.property(randomRecord, (record) => {
          const rules = { ...record.rules, span: 'PAIRS' as const };
          // Without breaks of the shift's own: those are nobody's punches.
          const breaks = { punched: 'UNPAID' as const, automatic: null };
          const shifts = record.shifts.map((one) => ({ ...one, shift: { ...one.shift, breaks } }));
          for (const day of deriveDays({ ...record, rules, shifts }, ...around(record.facts))) {
            // By other means: tick every five minutes (all facts lie on them) and ask whether somebody is in.
            const worked = new Set<number>();
            for (const { fromMs, toMs } of day.stays)
              for (let at = fromMs; at < (toMs ?? fromMs); at += 300_000) worked.add(at);
            for (const { fromMs, toMs } of day.breaks)
              for (let at = fromMs; at < (toMs ?? fromMs); at += 300_000) worked.delete(at);
            expect(day.workedMs).toBe(worked.size * 300_000);
          }
        }),
        { numRuns: cases / 100 },
      );
    },
    aLongTime,
  );
});
