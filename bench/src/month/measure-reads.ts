import { percentile } from '@muster/demo';
import type { Shot } from '../load/order.ts';
import { runLoad } from '../load/prepare-load.ts';

/** How long answers took, one after the other over one connection. Milliseconds. */
export interface Reading {
  count: number;
  p50Ms: number;
  p99Ms: number;
}

/** Asks for each of these in turn, after a twentieth of them that is not counted. Throws when an answer is not `expected`. */
export async function measureReads(origin: string, shots: readonly Shot[]): Promise<Reading> {
  await measure(origin, 'GET', shots.slice(0, Math.ceil(shots.length / 20)));
  return measure(origin, 'GET', shots);
}

/** As {@link measureReads}, with nothing before it. */
export async function measure(origin: string, method: 'GET' | 'POST', shots: readonly Shot[]): Promise<Reading> {
  const expected = 200;
  const { latenciesMs, statuses } = await runLoad({ origin, method, path: '/', shots, connections: 1 });
  const odd = statuses.find((status) => status !== expected);
  if (odd !== undefined) throw new Error(`${method} ${shots[0]?.path} answered ${odd}, not ${expected}`);
  const sample = Array.from(latenciesMs);
  return { count: sample.length, p50Ms: percentile(sample, 0.5), p99Ms: percentile(sample, 0.99) };
}
