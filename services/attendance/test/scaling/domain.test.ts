import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expectedPunches,
  mergeQuarters,
  type PlannedQuarter,
  peakPerSecond,
  quarterMs,
} from '../../src/domain/planned-load.ts';
import { planPods, podsAt, podsFor, type ScalingSettings } from '../../src/domain/pods-wanted.ts';

const minute = 60_000;
const six = Date.parse('2026-11-20T06:00:00Z');
const settings: ScalingSettings = {
  punchesPerPodSecond: 10,
  peakFactor: 3,
  leadMs: 3 * minute,
  minPods: 2,
  maxPods: 6,
};
const quarter = (startsAtMs: number, checkIns: number, checkOuts = 0): PlannedQuarter => ({
  startsAtMs,
  checkIns,
  checkOuts,
});

describe('expected punches', () => {
  const plan = [quarter(six, 900), quarter(six + quarterMs, 90, 450)];
  it.each([
    // [minutes after six: from, to, check-ins, check-outs]
    ['before', -30, 0, 0, 0],
    ['the whole quarter', 0, 15, 900, 0],
    ['a third of it', 5, 10, 300, 0],
    ['reaching in', -5, 5, 300, 0],
    ['across two', 10, 20, 330, 150],
    ['all', -60, 60, 990, 450],
    ['after', 30, 60, 0, 0],
    ['no time at all', 5, 5, 0, 0],
    ['backwards', 10, 5, 0, 0],
  ])('%s', (_, from, to, checkIns, checkOuts) => {
    const found = expectedPunches(plan, { fromMs: six + from * minute, toMs: six + to * minute });
    expect(found.checkIns).toBeCloseTo(checkIns, 6);
    expect(found.checkOuts).toBeCloseTo(checkOuts, 6);
  });

  it('are counted once, however a span is cut', () => {
    fc.assert(
      fc.property(plans, fc.array(moment, { minLength: 2, maxLength: 6 }), (planned, cuts) => {
        const sorted = cuts.toSorted((a, b) => a - b);
        const parts = sorted.slice(1).map((toMs, i) => expectedPunches(planned, { fromMs: sorted[i] ?? 0, toMs }));
        const whole = expectedPunches(planned, { fromMs: sorted[0] ?? 0, toMs: sorted.at(-1) ?? 0 });
        expect(parts.reduce((sum, part) => sum + part.checkIns, 0)).toBeCloseTo(whole.checkIns, 3);
        expect(parts.reduce((sum, part) => sum + part.checkOuts, 0)).toBeCloseTo(whole.checkOuts, 3);
      }),
    );
  });
});

describe('pods wanted', () => {
  it.each([
    // [punches a second, pods, capped] at ten a pod, two to six pods
    [0, 2, false],
    [20, 2, false],
    [20.1, 3, false],
    [30, 3, false],
    [60, 6, false],
    [60.1, 6, true],
    [1e9, 6, true],
  ])('%d punches a second: %d pods', (perSecond, pods, capped) => {
    expect(podsFor(perSecond, settings)).toEqual({ pods, capped });
  });

  it('a hair of floating point costs no pod', () => {
    const tenths = { ...settings, punchesPerPodSecond: 0.1, maxPods: 10_000 };
    expect(podsFor(0.1 + 0.2, tenths).pods).toBe(3);
    expect(podsFor(600, tenths).pods).toBe(6000);
  });

  it('a shift of 1,200 who relieve 600: 1,800 punches, six a second at the peak', () => {
    expect(peakPerSecond(quarter(six, 1200, 600), 3)).toBe(6);
    expect(peakPerSecond(quarter(six, 0), 3)).toBe(0);
  });

  const rush = [quarter(six, 9000, 3000)]; // 40 a second
  it.each([
    // [seconds from six, pods]: from three minutes before until the quarter ends
    [-181, 2],
    [-180, 4],
    [0, 4],
    [899, 4],
    [900, 2],
  ])('%d s from the beginning: %d pods', (seconds, pods) => {
    expect(podsAt(rush, six + seconds * 1000, settings)).toEqual({ pods, capped: false });
  });

  it('the busiest quarter in sight counts, not their sum', () => {
    const two = [quarter(six, 9000), quarter(six + quarterMs, 15_000)];
    expect(podsAt(two, six + quarterMs - 1, settings).pods).toBe(5);
    expect(podsAt(two, six, settings).pods).toBe(3);
  });

  it('sites add up', () => {
    expect(podsAt([quarter(six, 6000), quarter(six, 6000)], six, settings).pods).toBe(4);
  });

  it('says how many when', () => {
    const day = { fromMs: six - 60 * minute, toMs: six + 60 * minute };
    expect(planPods([...rush, quarter(six + quarterMs, 30_000)], day, settings)).toEqual([
      { fromMs: day.fromMs, pods: 2, capped: false },
      { fromMs: six - 3 * minute, pods: 4, capped: false },
      { fromMs: six + 12 * minute, pods: 6, capped: true },
      { fromMs: six + 30 * minute, pods: 2, capped: false },
    ]);
    expect(planPods([], day, settings)).toEqual([{ fromMs: day.fromMs, pods: 2, capped: false }]);
  });
});

const moment = fc.integer({ min: six - 8 * quarterMs, max: six + 8 * quarterMs });
const plans = fc.array(
  fc.record({
    startsAtMs: fc.integer({ min: -6, max: 6 }).map((n) => six + n * quarterMs),
    checkIns: fc.nat(20_000),
    checkOuts: fc.nat(20_000),
  }),
  { maxLength: 12 },
);
const anySettings: fc.Arbitrary<ScalingSettings> = fc
  .record({
    punchesPerPodSecond: fc.double({ min: 0.1, max: 5000, noNaN: true }),
    peakFactor: fc.double({ min: 1, max: 20, noNaN: true }),
    leadMs: fc.integer({ min: 0, max: 2 * 60 * minute }),
    minPods: fc.integer({ min: 1, max: 20 }),
    more: fc.nat(50),
  })
  .map(({ more, ...rest }) => ({ ...rest, maxPods: rest.minPods + more }));

describe('whatever is planned', () => {
  it('pods stay within their limits, are enough unless capped, and never one too many', () => {
    fc.assert(
      fc.property(plans, moment, anySettings, (planned, atMs, s) => {
        const { pods, capped } = podsAt(planned, atMs, s);
        const rate = Math.max(
          0,
          ...mergeQuarters(planned)
            .filter(({ startsAtMs }) => startsAtMs <= atMs + s.leadMs && atMs < startsAtMs + quarterMs)
            .map((one) => peakPerSecond(one, s.peakFactor)),
        );
        expect(Number.isInteger(pods) && pods >= s.minPods && pods <= s.maxPods).toBe(true);
        if (!capped) expect(pods * s.punchesPerPodSecond).toBeGreaterThanOrEqual(rate * (1 - 1e-6));
        if (pods > s.minPods) expect((pods - 1) * s.punchesPerPodSecond).toBeLessThan(rate);
        if (capped) expect(pods).toBe(s.maxPods);
      }),
    );
  });

  it('more people never want fewer pods, nor does a longer lead time', () => {
    fc.assert(
      fc.property(plans, plans, moment, anySettings, fc.nat(60 * minute), (planned, more, atMs, s, longer) => {
        const { pods } = podsAt(planned, atMs, s);
        expect(podsAt([...planned, ...more], atMs, s).pods).toBeGreaterThanOrEqual(pods);
        expect(podsAt(planned, atMs, { ...s, leadMs: s.leadMs + longer }).pods).toBeGreaterThanOrEqual(pods);
      }),
    );
  });

  it('the pods of a quarter are wanted during all of its lead time', () => {
    fc.assert(
      fc.property(plans, anySettings, fc.double({ min: 0, max: 1, noNaN: true }), (planned, s, part) => {
        for (const one of mergeQuarters(planned)) {
          const before = Math.floor(one.startsAtMs - s.leadMs * part);
          const wanted = podsFor(peakPerSecond(one, s.peakFactor), s).pods;
          if (before >= one.startsAtMs - s.leadMs)
            expect(podsAt(planned, before, s).pods).toBeGreaterThanOrEqual(wanted);
        }
      }),
    );
  });

  it('the steps say what is asked at any moment, and each changes something', () => {
    fc.assert(
      fc.property(plans, moment, anySettings, (planned, atMs, s) => {
        const span = { fromMs: six - 8 * quarterMs, toMs: six + 8 * quarterMs + 1 };
        const steps = planPods(planned, span, s);
        const at = steps.findLast(({ fromMs }) => fromMs <= atMs);
        expect({ pods: at?.pods, capped: at?.capped }).toEqual(podsAt(planned, atMs, s));
        expect(steps[0]?.fromMs).toBe(span.fromMs);
        for (const [i, step] of steps.slice(1).entries())
          expect([step.pods, step.capped]).not.toEqual([steps[i]?.pods, steps[i]?.capped]);
      }),
    );
  });
});
