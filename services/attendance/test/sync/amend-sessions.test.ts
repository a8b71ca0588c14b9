import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, PunchType } from '../../src/domain/days/index.ts';
import { startOfDate } from '../../src/domain/days/wall-time.ts';
import { localDay } from '../../src/domain/local-day.ts';
import { type Amendment, amendSessions, type SessionState } from '../../src/domain/sync/amend-sessions.ts';
import { beginsAnew, type EndAt, type StartAt, wentHome } from '../../src/domain/sync/clear-dates.ts';
import { punchIdOf, sessionIdOf } from '../../src/domain/sync/derived-id.ts';
import { type Stay, type StayRules, staysOf } from '../../src/domain/sync/stays-of.ts';
import { shuffled } from '../days/random-record.ts';
import { alternating, changing, rules, zone } from './stay-rules.ts';

const types: PunchType[] = ['IN', 'OUT', 'IN', 'OUT', 'BREAK_START', 'BREAK_END'];
const startMs = Date.parse('2026-10-23T00:00:00Z');
const steps = [30_000, 1_200_000, 6 * 3_600_000];
/** Four days around a night on which the clocks go back; in long steps many bear the same instant. */
const someFacts = (corrected: boolean) =>
  fc
    .array(fc.nat(0x3fffffff), { minLength: 1, maxLength: 12 })
    .map((codes) => codes.map((code, i) => factOf(code, i, corrected)));

function factOf(code: number, i: number, corrected: boolean): Fact {
  const step = steps[(code >> 26) % 3] ?? 30_000;
  const atMs = startMs + ((code >> 5) % Math.floor((4 * 86_400_000) / step)) * step;
  const kind = corrected ? (code >> 20) % 12 : 3 + ((code >> 20) % 9);
  const type = types[code % 6] ?? 'IN';
  const said = { kind: 'correction', id: `f${i}`, decidedAtMs: code } as const;
  if (kind === 0 && i > 0) return { ...said, change: 'void', targetId: `f${code % i}`, punch: null };
  if (kind === 1 && i > 0) return { ...said, change: 'replace', targetId: `f${code % i}`, punch: { type, atMs } };
  if (kind === 2) return { ...said, change: 'add', targetId: null, punch: { type, atMs } };
  const own = kind === 3 ? ({ type: 'OUT', source: 'auto' } as const) : ({ type, source: 'kiosk' } as const);
  return { kind: 'punch', id: `f${i}`, atMs, zone, ...own };
}

const place = (stay: Stay) => ({
  siteId: 'site',
  zone,
  date: localDay(stay.fromMs, zone).date,
  source: 'kiosk' as const,
  flags: [],
});
const apply = (stored: readonly SessionState[], { removed, changed, added }: Amendment): SessionState[] =>
  [
    ...stored
      .filter(({ id }) => !removed.some((one) => one.id === id))
      .map((one) => changed.find(({ id }) => id === one.id) ?? one),
    ...added,
  ].sort((a, b) => a.checkInAtMs - b.checkInAtMs || (a.id < b.id ? -1 : 1));
interface Part {
  start?: (StartAt & { index: number }) | undefined;
  end?: (EndAt & { index: number }) | undefined;
}
let cutOff = 0;
function amend(
  stored: readonly SessionState[],
  facts: readonly Fact[],
  by: StayRules,
  part: Part = {},
): SessionState[] {
  const { start, end } = part;
  const seen = end ? facts.filter((fact) => fact.kind === 'correction' || fact.atMs <= end.inAtMs) : facts;
  if (end && !beginsAnew(seen, end, by)) return amend(stored, facts, by, { start });
  const [from, to] = [start?.index ?? 0, end?.index ?? stored.length];
  const { stays, clear } = staysOf(seen, by, part);
  if (start && !clear) return amend(stored, facts, by, { start: startOf(stored, facts, start.fromMs, true), end });
  if (end) cutOff++;
  const amended = apply(stored.slice(from, to), amendSessions('ann', stored.slice(from, to), stays, place));
  return [...stored.slice(0, from), ...amended, ...stored.slice(to)];
}
/** As `findReaches` looks it up. */
function startOf(
  stored: readonly SessionState[],
  facts: readonly Fact[],
  fromMs: number,
  withSession = false,
): Part['start'] {
  const last = stored.findLast(({ checkInAtMs }) => checkInAtMs < fromMs);
  if (!last) return undefined;
  const corrected = facts.some(({ kind }) => kind === 'correction');
  const midnightMs = corrected ? fromMs : startOfDate(localDay(fromMs, zone).date, zone);
  if (!withSession && wentHome({ ...last, outAtMs: last.checkOutAtMs }, midnightMs, corrected))
    return { index: stored.indexOf(last) + 1, fromMs: midnightMs, withoutId: null };
  const index = stored.findIndex(({ date }) => date === last.date);
  const withoutId = stored[index - 1]?.outId ?? null;
  return { index, fromMs: startOfDate(last.date, zone), withoutId };
}
/** As `findReaches` looks it up. */
function endOf(stored: readonly SessionState[], untilMs: number): Part['end'] {
  const changed = localDay(untilMs, zone).date;
  const index = stored.findIndex(({ date }) => date > changed);
  const next = stored[index];
  if (!next) return undefined;
  const { inId, checkInAtMs: inAtMs, date } = next;
  return { index, inId, inAtMs, date, fromMs: startOfDate(date, zone) };
}
const touchedMs = (fact: Fact, facts: readonly Fact[]): number => {
  const own = fact.kind === 'punch' ? [fact.atMs] : fact.punch ? [fact.punch.atMs] : [];
  const about = fact.kind === 'correction' ? fact.targetId : null;
  // As a caller does: what was said about the same punch, before and by now.
  const told = new Set<string>([fact.id, ...(about === null ? [] : [about])]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const one of facts)
      if (one.kind === 'correction' && one.targetId !== null && told.has(one.id) !== told.has(one.targetId)) {
        told.add(one.id).add(one.targetId);
        grew = true;
      }
  }
  const others = facts.flatMap((one) =>
    told.has(one.id) ? (one.kind === 'punch' ? [one.atMs] : one.punch ? [one.punch.atMs] : []) : [],
  );
  return Math.min(...own, ...others);
};
const versionless = (sessions: readonly SessionState[]) => sessions.map(({ version: _, ...rest }) => rest);

describe('sessions amended', () => {
  it.each([
    ['by type', rules],
    ['alternating', alternating],
    ['by rules that change', changing],
  ])('fact by fact, in any order, are those of the whole set at once: %s', (_reading, by) => {
    cutOff = 0;
    fc.assert(
      fc.property(fc.oneof(someFacts(true), someFacts(false)), fc.nat(), (facts, seed) => {
        const whole = versionless(amend([], facts, by));
        let stored: SessionState[] = [];
        const seen: Fact[] = [];
        for (const fact of shuffled(facts, seed)) {
          seen.push(fact);
          const end = fact.kind === 'punch' ? endOf(stored, fact.atMs) : undefined;
          const part = { start: startOf(stored, seen, touchedMs(fact, seen)), end };
          stored = amend(stored, seen, by, part);
          expect(stored.filter(({ checkOutAtMs }) => checkOutAtMs === null).length).toBeLessThanOrEqual(1);
        }
        expect(versionless(stored)).toEqual(whole);
      }),
      { numRuns: 4000 },
    );
    // Or the property would not say anything of ends.
    expect(cutOff).toBeGreaterThan(1000);
  });

  it('leave what already says the same alone', () => {
    fc.assert(
      fc.property(someFacts(true), (facts) => {
        const stored = amend([], facts, rules);
        const { stays } = staysOf(shuffled(facts, 3), rules);
        expect(amendSessions('ann', stored, stays, place)).toEqual({ removed: [], changed: [], added: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('are what the door made of punches it let in, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400_000_000 }), { minLength: 1, maxLength: 12 }), (gaps) => {
        let atMs = startMs;
        const facts = gaps.map((gap, i): Fact => {
          atMs += gap;
          return { kind: 'punch', id: `f${i}`, type: i % 2 === 0 ? 'IN' : 'OUT', atMs, source: 'web', zone };
        });
        const stays = staysOf(facts, rules).stays.map(({ inId, outId }) => [inId, outId]);
        expect(stays).toEqual(
          Array.from({ length: Math.ceil(gaps.length / 2) }, (_, i) => [
            `f${2 * i}`,
            2 * i + 1 < gaps.length ? `f${2 * i + 1}` : null,
          ]),
        );
      }),
      { numRuns: 5000 },
    );
  });
});

describe('derived ids', () => {
  it('say the same for the same, and sort by time', () => {
    // Told to devices, so that no version may say another.
    expect(punchIdOf('ann', 'x')).toBe('54d78eff-ed96-8159-9083-4ec7a67b17bc');
    expect(sessionIdOf('x', 1_000)).toBe('00000000-03e8-7e61-b04b-f39c689b620c');
    expect(punchIdOf('ann', 'x')).not.toBe(punchIdOf('bob', 'x'));
    expect(punchIdOf('ann', 'x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(sessionIdOf('x', 1_000) < sessionIdOf('a', 1_001)).toBe(true);
    expect(Number.parseInt(sessionIdOf('x', startMs).replace('-', '').slice(0, 12), 16)).toBe(startMs);
  });
});
