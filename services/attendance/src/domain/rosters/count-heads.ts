import { mergeQuarters, type PlannedQuarter, quarterMs, type Span } from '../planned-load.ts';
import type { RosterShift } from './expand-plan.ts';
import { shiftInstants } from './shift-instants.ts';

/**
 * How many people are expected to clock in and out in each quarter of an hour of a half-open span: everybody clocks in within the
 * quarter their shift begins in, and out in the one it ends in.
 */
export function countHeads(shifts: readonly RosterShift[], span: Span): PlannedQuarter[] {
  const quarterOf = (atMs: number): number => Math.floor(atMs / quarterMs) * quarterMs;
  const quarters = shifts.flatMap((shift) => {
    const instants = shiftInstants(shift);
    if (!instants) return [];
    return [
      { startsAtMs: quarterOf(instants.startMs), checkIns: 1, checkOuts: 0 },
      { startsAtMs: quarterOf(instants.endMs), checkIns: 0, checkOuts: 1 },
    ];
  });
  return mergeQuarters(quarters.filter(({ startsAtMs }) => startsAtMs >= span.fromMs && startsAtMs < span.toMs));
}
