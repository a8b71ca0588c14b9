import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fact, type PunchType, plainRules } from '../../src/domain/days/index.ts';
import { startOfDate } from '../../src/domain/days/wall-time.ts';
import { localDay } from '../../src/domain/local-day.ts';
import { type Amendment, amendSessions, type SessionState } from '../../src/domain/sync/amend-sessions.ts';
import { punchIdOf, sessionIdOf } from '../../src/domain/sync/derived-id.ts';
import { type StartAt, type Stay, type StayRules, staysOf } from '../../src/domain/sync/stays-of.ts';
import { shuffled } from '../days/random-record.ts';

const zone = 'Europe/Berlin';
const rules: StayRules = {
  rulesOn: () => plainRules,
  localDate: ({ atMs, zone: own }) => localDay(atMs, own ?? zone).date,
};
const alternating: StayRules = { ...rules, rulesOn: () => ({ ...plainRules, punches: 'ALTERNATING' }) };
const ms = (text: string): number => Date.parse(`2026-11-${text}:00Z`);
const punch = (id: string, type: PunchType, at: string, source: 'kiosk' | 'auto' = 'kiosk'): Fact => ({
  kind: 'punch',
  id,
  type,
  atMs: ms(at),
  source,
  zone,
});
/** `in–out` of each stay, `…` where it is open, `?` where nobody checked out. */
const told = (facts: Fact[], by: StayRules = rules): string[] =>
  staysOf(facts, by).stays.map(
    ({ inId, outId, missed, auto, breakSinceMs }) =>
      `${inId}–${outId ?? (missed ? '?' : '…')}${auto ? ' auto' : ''}${breakSinceMs === null ? '' : ' break'}`,
  );

describe('stays by the facts', () => {
  it.each<[string, Fact[], string[]]>([
    ['nothing', [], []],
    ['a check-in alone stands open', [punch('a', 'IN', '20T08:00')], ['a–…']],
    ['a pair', [punch('b', 'OUT', '20T12:00'), punch('a', 'IN', '20T08:00')], ['a–b']],
    ['a check-out of nobody who came', [punch('b', 'OUT', '20T12:00')], []],
    [
      'a check-in after a check-in ends the first, unknown when',
      [punch('a', 'IN', '20T08:00'), punch('b', 'IN', '20T09:00')],
      ['a–?', 'b–…'],
    ],
    ['the same check-in within a minute is one', [punch('a', 'IN', '20T08:00'), punch('b', 'IN', '20T08:01')], ['a–…']],
    ['past the minute it is another', [punch('a', 'IN', '20T08:00'), punch('b', 'IN', '20T08:02')], ['a–?', 'b–…']],
    [
      'three days without a check-out stay open',
      [punch('a', 'IN', '17T08:00'), punch('b', 'OUT', '20T08:00')],
      ['a–b'],
    ],
    [
      'an automatic check-out counts alone',
      [punch('a', 'IN', '20T08:00'), punch('x', 'OUT', '20T18:00', 'auto')],
      ['a–x auto'],
    ],
    [
      'a later real one takes its place',
      [punch('a', 'IN', '20T08:00'), punch('x', 'OUT', '20T18:00', 'auto'), punch('b', 'OUT', '20T18:30')],
      ['a–b'],
    ],
    [
      'an earlier real one, too',
      [punch('a', 'IN', '20T08:00'), punch('x', 'OUT', '20T18:00', 'auto'), punch('b', 'OUT', '20T17:30')],
      ['a–b'],
    ],
    ['a break in an open stay', [punch('a', 'IN', '20T08:00'), punch('p', 'BREAK_START', '20T10:00')], ['a–… break']],
    [
      'a break that ended',
      [punch('a', 'IN', '20T08:00'), punch('p', 'BREAK_START', '20T10:00'), punch('q', 'BREAK_END', '20T10:30')],
      ['a–…'],
    ],
    [
      'a check-out ends the break',
      [punch('a', 'IN', '20T08:00'), punch('p', 'BREAK_START', '20T10:00'), punch('b', 'OUT', '20T12:00')],
      ['a–b'],
    ],
    [
      'a break of the stay before is none of this one',
      [punch('a', 'IN', '19T08:00'), punch('p', 'BREAK_START', '19T10:00'), punch('c', 'IN', '20T08:00')],
      ['a–?', 'c–…'],
    ],
    [
      'a forgotten check-out of yesterday contradicts nothing today',
      [
        {
          kind: 'correction',
          id: 'c',
          change: 'add',
          targetId: null,
          punch: { type: 'IN', atMs: ms('19T08:00') },
          decidedAtMs: 1,
        },
        punch('a', 'IN', '20T08:00'),
      ],
      ['c–?', 'a–…'],
    ],
    [
      'a check-in that was taken away',
      [
        punch('a', 'IN', '20T08:00'),
        punch('b', 'OUT', '20T12:00'),
        { kind: 'correction', id: 'v', change: 'void', targetId: 'a', punch: null, decidedAtMs: 1 },
      ],
      [],
    ],
  ])('%s', (_what, facts, stays) => {
    expect(told(facts)).toEqual(stays);
    for (let seed = 1; seed <= 5; seed++) expect(told(shuffled([...facts, ...facts], seed * 7919))).toEqual(stays);
  });

  it('from a device without types counts in, out, in, out, and begins anew each day', () => {
    const ins = ['19T08:00', '19T12:00', '19T13:00', '20T08:00', '20T16:00'].map((at, i) => punch(`p${i}`, 'IN', at));
    expect(told(ins, alternating)).toEqual(['p0–p1', 'p2–?', 'p3–p4'].map((one) => one));
  });

  it('two that contradict each other are told as a conflict', () => {
    const entered: Fact = {
      kind: 'correction',
      id: 'c',
      change: 'add',
      targetId: null,
      punch: { type: 'IN', atMs: ms('20T09:00') },
      decidedAtMs: 1,
    };
    const { stays, conflicts } = staysOf([punch('a', 'IN', '20T08:00'), entered], rules);
    expect(stays.map(({ inId }) => inId)).toEqual(['c']);
    expect(conflicts).toEqual([{ kind: 'TWO_CHECK_INS', factIds: ['a', 'c'], countedId: 'c' }]);
  });
});

const types: PunchType[] = ['IN', 'OUT', 'IN', 'OUT', 'BREAK_START', 'BREAK_END'];
const startMs = Date.parse('2026-10-23T00:00:00Z');
const steps = [30_000, 1_200_000, 6 * 3_600_000];
/** Four days around a night on which the clocks go back; in long steps many bear the same instant. */
const someFacts = fc.array(fc.nat(0x3fffffff), { minLength: 1, maxLength: 12 }).map((codes) =>
  codes.map((code, i): Fact => {
    const step = steps[(code >> 26) % 3] ?? 30_000;
    const atMs = startMs + ((code >> 5) % Math.floor((4 * 86_400_000) / step)) * step;
    const kind = (code >> 20) % 12;
    const type = types[code % 6] ?? 'IN';
    if (kind === 0 && i > 0)
      return {
        kind: 'correction',
        id: `f${i}`,
        change: 'void',
        targetId: `f${code % i}`,
        punch: null,
        decidedAtMs: code,
      };
    if (kind === 1 && i > 0)
      return {
        kind: 'correction',
        id: `f${i}`,
        change: 'replace',
        targetId: `f${code % i}`,
        punch: { type, atMs },
        decidedAtMs: code,
      };
    if (kind === 2)
      return {
        kind: 'correction',
        id: `f${i}`,
        change: 'add',
        targetId: null,
        punch: { type, atMs },
        decidedAtMs: code,
      };
    return {
      kind: 'punch',
      id: `f${i}`,
      type: kind === 3 ? 'OUT' : type,
      atMs,
      source: kind === 3 ? 'auto' : 'kiosk',
      zone,
    };
  }),
);

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
function amend(
  stored: readonly SessionState[],
  facts: readonly Fact[],
  by: StayRules,
  start?: StartAt & { index: number },
): SessionState[] {
  const before = stored.slice(0, start?.index ?? 0);
  const from = stored.slice(start?.index ?? 0);
  const { stays, clear } = staysOf(facts, by, start);
  if (start && !clear) return amend(stored, facts, by, startOf(stored, start.fromMs));
  return [...before, ...apply(from, amendSessions('ann', from, stays, place))];
}
/** As `findStarts` looks it up. */
function startOf(stored: readonly SessionState[], fromMs: number): (StartAt & { index: number }) | undefined {
  const last = stored.findLast(({ checkInAtMs }) => checkInAtMs < fromMs);
  if (!last) return undefined;
  const index = stored.findIndex(({ date }) => date === last.date);
  return { index, fromMs: startOfDate(last.date, zone), withoutId: stored[index - 1]?.outId ?? null };
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
  ])('fact by fact, in any order, are those of the whole set at once: %s', (_reading, by) => {
    fc.assert(
      fc.property(someFacts, fc.nat(), (facts, seed) => {
        const whole = versionless(amend([], facts, by));
        let stored: SessionState[] = [];
        const seen: Fact[] = [];
        for (const fact of shuffled(facts, seed)) {
          seen.push(fact);
          stored = amend(stored, seen, by, startOf(stored, touchedMs(fact, seen)));
          expect(stored.filter(({ checkOutAtMs }) => checkOutAtMs === null).length).toBeLessThanOrEqual(1);
        }
        expect(versionless(stored)).toEqual(whole);
      }),
      { numRuns: 4000 },
    );
  });

  it('leave what already says the same alone', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
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
    expect(punchIdOf('ann', 'x')).toBe(punchIdOf('ann', 'x'));
    expect(punchIdOf('ann', 'x')).not.toBe(punchIdOf('bob', 'x'));
    expect(punchIdOf('ann', 'x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(sessionIdOf('x', 1_000) < sessionIdOf('a', 1_001)).toBe(true);
    expect(Number.parseInt(sessionIdOf('x', startMs).replace('-', '').slice(0, 12), 16)).toBe(startMs);
  });
});
