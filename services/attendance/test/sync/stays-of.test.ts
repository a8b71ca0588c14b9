import { describe, expect, it } from 'vitest';
import type { Fact, PunchType } from '../../src/domain/days/index.ts';
import { type StayRules, staysOf } from '../../src/domain/sync/stays-of.ts';
import { shuffled } from '../days/random-record.ts';
import { alternating, rules, zone } from './stay-rules.ts';

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
    expect(told(ins, alternating)).toEqual(['p0–p1', 'p2–?', 'p3–p4']);
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
