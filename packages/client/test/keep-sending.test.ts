import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MusterProblem, MusterUnreachable } from '../src/errors.ts';
import { keepSending } from '../src/queue/keep-sending.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const flushed = { taken: 0, troubles: [] };

/** A queue whose runs end as told, and the seconds at which they began. */
function play(...outcomes: (Error | undefined)[]) {
  const began = Date.now();
  const at: number[] = [];
  const queue = {
    async flush() {
      at.push((Date.now() - began) / 1000);
      const error = outcomes[at.length - 1];
      if (error) throw error;
      return flushed;
    },
  };
  return { queue, at };
}

it('sends every half minute, at once when woken, and not after it was stopped', async () => {
  const { queue, at } = play();
  const heard: unknown[] = [];
  const sending = keepSending(queue, { onFlushed: (one) => heard.push(one) });
  await vi.advanceTimersByTimeAsync(35_000);
  sending.wake();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(at).toEqual([0, 30, 35]);
  expect(heard).toEqual([flushed, flushed, flushed]);
  await sending.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(at).toHaveLength(3);
});

it('waits longer with each failure, as long as the server asks, and never for ever', async () => {
  const gone = new MusterUnreachable('no answer');
  const busy = new MusterProblem(503, {}, 20_000);
  const { queue, at } = play(gone, gone, busy, undefined, ...Array.from({ length: 20 }, () => gone));
  const errors: unknown[] = [];
  const sending = keepSending(queue, { onError: (error) => errors.push(error) });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(at).toEqual([0, 1, 3, 23, 53, 54, 56, 60]);
  expect(errors).toHaveLength(7);
  await vi.advanceTimersByTimeAsync(3_600_000);
  const gaps = at.slice(1).map((second, index) => second - Number(at[index]));
  expect(Math.max(...gaps)).toBe(300);
  await sending.stop();
});

it('does not sleep past a call to wake that came while it was sending', async () => {
  const run = Promise.withResolvers<typeof flushed>();
  let runs = 0;
  const queue = { flush: () => (runs++ === 0 ? run.promise : Promise.resolve(flushed)) };
  const sending = keepSending(queue);
  sending.wake();
  run.resolve(flushed);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toBe(2);
  await sending.stop();
});
