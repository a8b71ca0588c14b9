import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, rootOf, saysLastWord } from '../../src/domain/corrections/correction-chain.ts';
import { dateClusters } from '../../src/domain/corrections/date-clusters.ts';
import { effectivePunches } from '../../src/domain/days/effective-punches.ts';
import type { CorrectionFact, Fact } from '../../src/domain/days/index.ts';

const punch: Fact = { kind: 'punch', id: 'p', type: 'IN', atMs: 0, source: 'kiosk' };
const correct = (
  id: string,
  targetId: string | null,
  change: CorrectionFact['change'],
  decidedAtMs = 0,
): CorrectionFact => ({
  kind: 'correction',
  id,
  targetId,
  change,
  punch: change === 'void' ? null : { type: 'IN', atMs: 60_000 },
  decidedAtMs,
});

describe('the last word', () => {
  it('is the punch, until somebody corrects it, and again when that is withdrawn', () => {
    const replaced = [correct('c1', 'p', 'replace')];
    expect(saysLastWord([], 'p')).toBe(true);
    expect([saysLastWord(replaced, 'p'), saysLastWord(replaced, 'c1')]).toEqual([false, true]);
    // The punch stands again, and a correction of it: not the one that was withdrawn, nor its withdrawal.
    const withdrawn = [...replaced, correct('v1', 'c1', 'void')];
    expect(['p', 'c1', 'v1'].map((id) => saysLastWord(withdrawn, id))).toEqual([true, false, false]);
    const again = [...withdrawn, correct('c2', 'p', 'replace')];
    expect(['p', 'c1', 'v1', 'c2'].map((id) => saysLastWord(again, id))).toEqual([false, false, false, true]);
  });

  it('is a void, too, which is taken back by another', () => {
    const voided = [correct('v1', 'p', 'void')];
    expect(['p', 'v1'].map((id) => saysLastWord(voided, id))).toEqual([false, true]);
    const back = [...voided, correct('v2', 'v1', 'void')];
    expect(['p', 'v1', 'v2'].map((id) => saysLastWord(back, id))).toEqual([true, false, false]);
  });

  it('is both of two that contradict each other: one of them has to go', () => {
    const rivals = [correct('c1', 'p', 'replace', 1), correct('c2', 'p', 'replace', 2)];
    expect(['p', 'c1', 'c2'].map((id) => saysLastWord(rivals, id))).toEqual([false, true, true]);
    expect(saysLastWord([...rivals, correct('v', 'c2', 'void', 3)], 'c1')).toBe(true);
  });

  it('corrected alone, never makes two corrections contradict each other', () => {
    const step = fc.record({ pick: fc.nat(), change: fc.constantFrom('replace', 'void', 'add'), at: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const corrections: CorrectionFact[] = [];
        for (const [i, { pick, change, at }] of steps.entries()) {
          const open = ['p', ...corrections.map(({ id }) => id)].filter((id) => saysLastWord(corrections, id));
          // Time goes on, or stands still: two decisions may bear one instant.
          const decidedAtMs = (corrections.at(-1)?.decidedAtMs ?? 0) + at;
          const target = change === 'add' ? null : (open[pick % open.length] ?? null);
          corrections.push(
            correct(`c${String(i).padStart(2, '0')}`, target, target === null ? 'add' : change, decidedAtMs),
          );
          const { contests, punches } = effectivePunches([punch, ...corrections]);
          expect(contests).toEqual([]);
          // What counts can be corrected.
          for (const { id } of punches) expect(saysLastWord(corrections, id)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('belongs to the chain of one punch', () => {
    const facts = [
      correct('a', 'p', 'replace'),
      correct('b', 'a', 'void'),
      correct('x', null, 'add'),
      correct('y', 'x', 'void'),
    ];
    expect([rootOf(facts, 'b'), rootOf(facts, 'y'), rootOf(facts, 'p')]).toEqual(['p', 'x', 'p']);
    expect(chainOf(facts, 'b').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(chainOf(facts, 'x').map(({ id }) => id)).toEqual(['x', 'y']);
  });
});

it('days far apart are derived apart, however far', () => {
  const at = (text: string): number => Date.parse(text);
  expect(dateClusters([at('2026-03-10T00:00:00Z'), at('2026-03-20T23:59:59Z'), at('2001-01-10T12:00:00Z')])).toEqual([
    { from: '2001-01-04', to: '2001-01-16' },
    { from: '2026-03-04', to: '2026-03-26' },
  ]);
});
