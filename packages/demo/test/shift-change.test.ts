import { describe, expect, it } from 'vitest';
import { faultsOf, type Leg } from '../src/shift-change/index.ts';
import { percentile } from '../src/shift-change/statistics.ts';

const right: Leg = {
  accepted: 100,
  refused: 5,
  doubleTaps: 5,
  retries: 5,
  sameAnswers: 5,
  audited: { once: 100, twice: 0 },
  seenLive: 100,
  p50Ms: 1,
  p99Ms: 2,
  oddities: [],
};

describe('faultsOf', () => {
  it('is silent when every number follows from the others', () => {
    expect(faultsOf('in', right, 100)).toEqual([]);
  });

  it.each<[string, Partial<Leg>]>([
    ['a lost check-in', { accepted: 99 }],
    ['a double tap that was accepted twice', { accepted: 101, refused: 4 }],
    ['a retry answered otherwise', { sameAnswers: 4 }],
    ['a check-in that was never audited', { audited: { once: 99, twice: 0 } }],
    ['a check-in that was audited twice', { audited: { once: 99, twice: 1 } }],
    ['a message the live board missed', { seenLive: 99 }],
    ['a 500', { oddities: ['500 {}'] }],
  ])('names %s', (_, wrong) => {
    expect(faultsOf('in', { ...right, ...wrong }, 100)).not.toEqual([]);
  });
});

describe('percentile', () => {
  it('is the nearest rank', () => {
    const sample = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(sample, 0.5)).toBe(50);
    expect(percentile(sample, 0.99)).toBe(99);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
