import { percentile } from '@muster/demo';
import type { Shot } from '../load/order.ts';
import { runLoad } from '../load/prepare-load.ts';

/** How long answers took, one after the other over one connection. Milliseconds. */
export interface Reading {
  count: number;
  p50Ms: number;
  p99Ms: number;
}

/** Asks for each of these in turn. Throws when an answer is not `expected`. */
export async function measureReads(
  origin: string,
  shots: readonly Shot[],
  { method = 'GET' as 'GET' | 'POST', expected = 200 } = {},
): Promise<Reading> {
  const { latenciesMs, statuses } = await runLoad({ origin, method, path: '/', shots, connections: 1 });
  const odd = statuses.find((status) => status !== expected);
  if (odd !== undefined) throw new Error(`${method} ${shots[0]?.path} answered ${odd}, not ${expected}`);
  const sample = Array.from(latenciesMs);
  return { count: sample.length, p50Ms: percentile(sample, 0.5), p99Ms: percentile(sample, 0.99) };
}
