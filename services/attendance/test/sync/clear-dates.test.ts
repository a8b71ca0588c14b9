import { describe, expect, it } from 'vitest';
import type { Fact, PunchFact } from '../../src/domain/days/index.ts';
import { beginsAnew } from '../../src/domain/sync/clear-dates.ts';
import { alternating, rules, zone } from './stay-rules.ts';

const instant = (at: string): number => Date.parse(`2026-11-${at}:00Z`);
const punch = (id: string, type: PunchFact['type'], at: string): Fact => ({
  kind: 'punch',
  id,
  type,
  atMs: instant(at),
  source: 'kiosk',
  zone,
});
// Whoever comes on the 21st at 18:00, its midnight in Berlin being 23:00 of the 20th in UTC.
const end = { inId: 'in', inAtMs: instant('21T17:00'), date: '2026-11-21', fromMs: instant('20T23:00') };
const comes = punch('in', 'IN', '21T17:00');

describe('a check-in after which nothing before it matters', () => {
  it.each<[string, boolean, boolean, Fact[]]>([
    // [what was before it, by type, alternating]
    ['nothing', true, true, [comes]],
    ['a day that nobody ended', true, true, [punch('a', 'IN', '20T08:00'), comes]],
    ['a night that ended on its date', true, false, [punch('a', 'OUT', '21T05:00'), comes]],
    ['one of the last minute of the date before', true, true, [punch('a', 'OUT', '20T22:59'), comes]],
    ['one of the first minute of its date', true, false, [punch('a', 'OUT', '20T23:00'), comes]],
    ['one just beyond the repeat time', true, false, [punch('a', 'IN', '21T16:58'), comes]],
    ['one within the repeat time', false, false, [punch('a', 'IN', '21T16:59'), comes]],
    ['one at the same instant', false, false, [punch('a', 'OUT', '21T17:00'), comes]],
    ['one that says it leaves', false, false, [punch('in', 'OUT', '21T17:00')]],
    [
      'a correction, wherever it is',
      false,
      false,
      [{ kind: 'correction', id: 'c', change: 'void', targetId: 'x', punch: null, decidedAtMs: 0 }, comes],
    ],
  ])('%s', (_, byType, byCount, facts) => {
    expect(beginsAnew(facts, end, rules)).toBe(byType);
    expect(beginsAnew(facts, end, alternating)).toBe(byCount);
  });
});
