import { expect } from 'vitest';
import { effectivePunches } from '../../src/domain/days/effective-punches.ts';
import type { AttendanceDay, Fact } from '../../src/domain/days/index.ts';

/** Every punch that facts leave stands on exactly one of the days, whatever became of it. */
export function expectEveryPunchOnce(days: readonly AttendanceDay[], facts: readonly Fact[]): void {
  const shown = days.flatMap((day) => [
    ...new Set([
      ...day.stays.flatMap(({ inId, outId }) => [inId, outId]),
      ...day.breaks.flatMap(({ startId, endId }) => [startId, endId]),
      ...day.unpairedIds,
      ...day.repeatedIds,
      ...day.supersededIds,
      ...day.conflicts.filter(({ kind }) => kind !== 'TWO_CORRECTIONS').flatMap(({ factIds }) => factIds),
    ]),
  ]);
  const wanted = effectivePunches(facts).punches.map(({ id }) => id);
  expect(shown.filter((id) => id !== null).sort()).toEqual(wanted.sort());
}
