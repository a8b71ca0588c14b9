import fc from 'fast-check';
import {
  type Fact,
  type PersonRecord,
  type PlannedShift,
  type PunchFact,
  plainRules,
  type RuleSet,
  type ShiftType,
} from '../../src/domain/days/index.ts';
import { dayShift } from './scenario.ts';

/** Zones with a date on whose night the clocks change, forward and back, and a quiet one. */
export const nights: [zone: string, date: string][] = [
  ['Europe/Berlin', '2026-03-28'],
  ['Europe/Berlin', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Asia/Kolkata', '2026-06-10'],
  ['America/St_Johns', '2026-03-07'],
  ['America/St_Johns', '2026-10-31'],
  // Samoa gave its summer time up in 2021, and skipped a whole day in 2011.
  ['Pacific/Apia', '2020-09-26'],
  ['Pacific/Apia', '2021-04-03'],
  ['Pacific/Apia', '2011-12-29'],
  // Morocco goes back for Ramadan, and forward after it.
  ['Africa/Casablanca', '2026-02-14'],
  ['Africa/Casablanca', '2026-03-21'],
];

const shift = (id: string, start: string, end: string, more: Partial<ShiftType> = {}): ShiftType => ({
  ...dayShift,
  id,
  name: id,
  start,
  end,
  ...more,
});
const automatic = { punched: 'UNPAID' as const, automatic: { minutes: 30, afterMinutes: 360 } };
const patterns: ShiftType[][] = [
  [],
  [shift('day', '09:00', '17:00', { breaks: automatic, lateGraceMinutes: 10 })],
  [shift('night', '22:00', '06:00', { autoClose: { by: 'TOLERANCE', minutes: 60 } })],
  [shift('whole', '07:00', '07:00', { checkOutAfterMinutes: 720 })],
  [shift('lunch', '10:00', '14:00'), shift('dinner', '14:30', '22:00')],
  [shift('early', '00:30', '02:30'), shift('gap', '02:30', '09:00', { autoClose: { by: 'FIXED', time: '02:15' } })],
];
const ruleSets: RuleSet[] = (['BY_TYPE', 'ALTERNATING'] as const).flatMap((punches) =>
  (['PAIRS', 'FIRST_LAST'] as const).map(
    (span): RuleSet => ({
      ...plainRules,
      punches,
      span,
      overtime: { percent: { normal: 125, weekend: 150, holiday: 200 }, maxMinutes: 0, needsApproval: false },
      rounding: { begin: { toMinutes: 5, how: 'NEAREST' }, end: null, duration: { toMinutes: 6, how: 'DOWN' } },
    }),
  ),
);
const types = ['IN', 'OUT', 'IN', 'OUT', 'IN', 'OUT', 'BREAK_START', 'BREAK_END'] as const;
const fiveMinutes = 300_000;

/** How far around the first date facts may lie. */
export const spanDays = 4;

/** A person around a night on which the clocks change: a few integers, so that a hundred thousand of them are quick. */
export const randomRecord: fc.Arbitrary<PersonRecord> = fc
  .tuple(fc.nat(0x3fffffff), fc.array(fc.nat(0x3fffffff), { minLength: 1, maxLength: 14 }))
  .map(([shape, codes]) => build(shape, codes));

function build(shape: number, codes: readonly number[]): PersonRecord {
  const [zone, date] = nights[shape % nights.length] as [string, string];
  const rules = ruleSets[(shape >> 5) % ruleSets.length] as RuleSet;
  const first = Temporal.PlainDate.from(date).subtract({ days: 1 });
  const dates = Array.from({ length: spanDays }, (_, i) => first.add({ days: i }).toString());
  const shifts = dates.flatMap((on, i): PlannedShift[] =>
    (patterns[((shape >> 8) + (shape >> 11) * i) % patterns.length] ?? []).map((one) => ({
      date: on,
      zone,
      shift: one,
      source: 'ASSIGNMENT',
    })),
  );
  const startMs = first.toZonedDateTime(zone).epochMilliseconds;
  const facts = codes.map((code, i) => factOf(code, i, startMs));
  const kind = (shape >> 20) % 8;
  return {
    employeeId: 'person',
    zone,
    joinedOn: kind === 1 ? date : null,
    leftOn: kind === 2 ? date : null,
    facts,
    shifts,
    leave: kind === 3 ? [{ id: 'l1', date, part: 'FIRST_HALF', type: 'annual' }] : [],
    holidays: kind === 4 ? [{ id: 'h1', date, name: 'Holiday', kind: 'PUBLIC' }] : [],
    approvals: [],
    rules,
    knownUntilMs: startMs + ((shape >> 23) % 7) * 86_400_000,
  };
}

function factOf(code: number, i: number, startMs: number): Fact {
  const type = types[code % 8] ?? 'IN';
  const atMs = startMs + ((code >> 3) % (spanDays * 288)) * fiveMinutes;
  const kind = (code >> 15) % 16;
  const id = `f${i}`;
  if (kind < 11 || i === 0) return { kind: 'punch', id, type, atMs, source: kind === 10 ? 'auto' : 'kiosk' };
  const decidedAtMs = startMs + ((code >> 19) % 4) * 3_600_000;
  const base = { kind: 'correction' as const, id, decidedAtMs };
  if (kind < 13) return { ...base, change: 'add', targetId: null, punch: { type, atMs } };
  // Targets are older facts, as in life; `missing` is one that has not arrived.
  const targetId = kind === 15 && (code >> 21) % 4 === 0 ? 'missing' : `f${(code >> 21) % i}`;
  if (kind < 15) return { ...base, change: 'replace', targetId, punch: { type, atMs } };
  return { ...base, change: 'void', targetId, punch: null };
}

/** A cheap shuffle that a seed decides. */
export function shuffled<T>(ones: readonly T[], seed: number): T[] {
  const copy = [...ones];
  let state = seed | 1;
  for (let i = copy.length - 1; i > 0; i--) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    const j = (state >>> 0) % (i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

export type { PunchFact };
