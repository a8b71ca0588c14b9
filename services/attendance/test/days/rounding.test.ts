import { describe, expect, it } from 'vitest';
import { roundDuration, roundInstant } from '../../src/domain/days/round-day.ts';
import { hour, minute } from './night-shift.ts';

describe('rounding, once and at the end', () => {
  it.each([
    ['NEAREST', 15, 7.5, 15],
    ['NEAREST', 15, 7.49, 0],
    ['UP', 15, 0.01, 15],
    ['UP', 15, 15, 15],
    ['DOWN', 15, 14.99, 0],
    ['DOWN', 15, 15, 15],
    ['NEAREST', 6, 3, 6],
    ['NEAREST', 6, 2.99, 0],
    ['NEAREST', 5, 2.5, 5],
    ['UP', 1, 0.01, 1],
    ['DOWN', 1, 0.99, 0],
  ] as const)('%s to %d minutes: %d min is %d', (how, toMinutes, given, rounded) => {
    expect(roundDuration(given * minute, { how, toMinutes })).toBe(rounded * minute);
  });

  it('keeps to the wall clock where the offset is odd, and leaves alone what no rule names', () => {
    expect(roundInstant(7 * minute, () => 5.75 * hour, { how: 'DOWN', toMinutes: 15 })).toBe(0);
    expect(roundInstant(7 * minute, () => 20 * minute, { how: 'DOWN', toMinutes: 15 })).toBe(-5 * minute);
    expect(roundInstant(7 * minute + 1, () => 0, null)).toBe(7 * minute + 1);
  });
});
