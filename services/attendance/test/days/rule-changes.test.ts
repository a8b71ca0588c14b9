import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveDay, deriveDays, type PersonRecord, plainRules, type RuleSet } from '../../src/domain/days/index.ts';
import { expectEveryPunchOnce } from './every-punch-once.ts';
import { randomRecord, shuffled } from './random-record.ts';
import { recordOf } from './scenario.ts';

const cases = Number(process.env.DAYS_CASES ?? 100_000) / 10;

const kinds: RuleSet[] = (['BY_TYPE', 'ALTERNATING'] as const).flatMap((punches) =>
  [300, 960, 2160].map((longestStayMinutes) => ({
    ...plainRules,
    version: `${punches} ${longestStayMinutes}`,
    punches,
    longestStayMinutes,
  })),
);

/** A person whose rules change once or twice within the days of their facts. */
const changing = fc.tuple(randomRecord, fc.nat(0xffff)).map(([record, seed]): [PersonRecord, number] => {
  const at = record.facts.flatMap((fact) => (fact.kind === 'punch' ? fact.atMs : []));
  const first = Temporal.Instant.fromEpochMilliseconds(Math.min(...at))
    .toZonedDateTimeISO(record.zone)
    .toPlainDate();
  const change = (n: number) => ({
    from: first.add({ days: ((seed >> (4 * n)) & 3) + n }).toString(),
    rules: kinds[(seed >> (3 * n + 6)) % kinds.length] as RuleSet,
  });
  const [one, two] = [change(0), change(1)];
  return [{ ...record, ruleChanges: one.from === two.from ? [one] : [one, two] }, seed];
});

const around = (record: PersonRecord): [string, string] => {
  const at = record.facts.flatMap((fact) => (fact.kind === 'punch' ? fact.atMs : (fact.punch?.atMs ?? [])));
  const date = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDate();
  return [
    date(Math.min(...at))
      .subtract({ days: 3 })
      .toString(),
    date(Math.max(...at))
      .add({ days: 3 })
      .toString(),
  ];
};

describe('rules that change between two dates', () => {
  it(`put every punch on exactly one day, by the version of that date, in any order of facts (${cases} cases)`, () => {
    fc.assert(
      fc.property(changing, ([record, seed]) => {
        const [from, to] = around(record);
        const days = deriveDays(record, from, to);
        expectEveryPunchOnce(days, record.facts);
        for (const day of days) {
          const now = (record.ruleChanges ?? []).filter((change) => change.from <= day.date);
          const last = now.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
          expect(day.rules).toBe((last?.rules ?? record.rules).version);
        }
        const mixed = {
          ...record,
          facts: shuffled(record.facts, seed),
          ruleChanges: shuffled(record.ruleChanges ?? [], seed),
        };
        const date = days[seed % days.length]?.date ?? from;
        expect(JSON.stringify(deriveDay(mixed, date))).toBe(JSON.stringify(deriveDay(record, date)));
      }),
      { numRuns: cases },
    );
  }, 3_600_000);

  it('are the same bytes as one version where nothing but the name changes', () => {
    fc.assert(
      fc.property(randomRecord, fc.nat(6), (record, days) => {
        const [from, to] = around(record);
        const change = Temporal.PlainDate.from(from).add({ days }).toString();
        const same = { ...record, ruleChanges: [{ from: change, rules: { ...record.rules } }] };
        expect(JSON.stringify(deriveDays(same, from, to))).toBe(JSON.stringify(deriveDays(record, from, to)));
      }),
      { numRuns: cases / 10 },
    );
  }, 3_600_000);

  it('count a night by the version of the day it began on', () => {
    const record = recordOf({
      title: 'Breaks are unpaid from the 3rd on',
      zone: 'Europe/Berlin',
      knownUntil: '2026-03-09T12:00Z',
      days: [],
      shifts: [],
      facts: [
        'p1 IN 2026-03-02T22:00+01:00',
        'p2 BREAK_START 2026-03-03T01:00+01:00',
        'p3 BREAK_END 2026-03-03T02:00+01:00',
        'p4 OUT 2026-03-03T06:00+01:00',
        'p5 IN 2026-03-03T22:00+01:00',
        'p6 BREAK_START 2026-03-04T01:00+01:00',
        'p7 BREAK_END 2026-03-04T02:00+01:00',
        'p8 OUT 2026-03-04T06:00+01:00',
      ],
      rules: { breaks: { punched: 'PAID', automatic: null } },
    });
    const ruleChanges = [{ from: '2026-03-03', rules: { ...plainRules, version: 'golden-2' } }];
    const [second, third] = deriveDays({ ...record, ruleChanges }, '2026-03-02', '2026-03-03');
    expect([second?.rules, second?.workedMs]).toEqual(['golden-1', 8 * 3_600_000]);
    expect([third?.rules, third?.workedMs]).toEqual(['golden-2', 7 * 3_600_000]);
  });

  it.each([
    ['BY_TYPE', 'ALTERNATING', 8],
    ['BY_TYPE', 'BY_TYPE', 8],
  ] as const)('read what is open by the rules it began under: %s, then %s', (before, after, hours) => {
    const record = recordOf({
      title: 'A night without a shift, over a change of rules',
      zone: 'Europe/Berlin',
      knownUntil: '2026-03-09T12:00Z',
      days: [],
      shifts: [],
      facts: ['p1 IN 2026-03-02T22:00+01:00', 'p2 OUT 2026-03-03T06:00+01:00'],
      rules: { punches: before },
    });
    const ruleChanges = [{ from: '2026-03-03', rules: { ...plainRules, version: 'golden-2', punches: after } }];
    const [second, third] = deriveDays({ ...record, ruleChanges }, '2026-03-02', '2026-03-03');
    expect([second?.workedMs, third?.stays]).toEqual([hours * 3_600_000, []]);
  });

  it('let a check-in begin something new by the rules of its own date, though somebody never left', () => {
    const record = recordOf({
      title: 'Never left, and came again under other rules',
      zone: 'Europe/Berlin',
      knownUntil: '2026-03-09T12:00Z',
      days: [],
      shifts: [{ name: 'Day', start: '09:00', end: '17:00', dates: ['2026-03-03'] }],
      facts: [
        'p1 IN 2026-03-02T22:00+01:00',
        'p2 IN 2026-03-03T09:00+01:00',
        'p3 IN 2026-03-03T17:00+01:00',
        'p4 IN 2026-03-04T02:00+01:00',
      ],
    });
    const ruleChanges = [
      { from: '2026-03-03', rules: { ...plainRules, version: 'golden-2', punches: 'ALTERNATING' as const } },
    ];
    const [second, third] = deriveDays({ ...record, ruleChanges }, '2026-03-02', '2026-03-03');
    expect([second?.flags.includes('MISSED_CHECK_OUT'), third?.workedMs, third?.stays.length]).toEqual([
      true,
      8 * 3_600_000,
      1,
    ]);
  });
});
