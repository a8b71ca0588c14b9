import { percentile } from '@muster/demo';
import type { Outcome } from '../load/order.ts';

/** One run of a load in figures. */
export interface Summary {
  /** ISO instant of the first request: finds its place in a CPU profile. */
  startedAt: string;
  count: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers by status; `0` are broken connections. */
  statuses: Record<string, number>;
  /** Processor time of the generator per request, in microseconds. */
  generatorUs: number;
}

/** Sums a load up. Throws when not every answer had `expected` as its status: a refused check-in is not a measured one. */
export function summarise(outcome: Outcome, expected?: number): Summary {
  const { latenciesMs, statuses, startedAt, endedAt, cpuMs } = outcome;
  const counted: Record<string, number> = {};
  for (const status of statuses) counted[status] = (counted[status] ?? 0) + 1;
  const count = statuses.length;
  if (expected !== undefined && (counted[expected] ?? 0) !== count)
    throw new Error(`expected ${count} answers of ${expected}, got ${JSON.stringify(counted)}`);
  const seconds = (endedAt - startedAt) / 1000;
  const sample = Array.from(latenciesMs);
  return {
    startedAt: new Date(startedAt).toISOString(),
    count,
    seconds,
    perSecond: count / seconds,
    p50Ms: percentile(sample, 0.5),
    p99Ms: percentile(sample, 0.99),
    statuses: counted,
    generatorUs: (cpuMs * 1000) / count,
  };
}

/** The middle value; of an even number the lower one. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);
