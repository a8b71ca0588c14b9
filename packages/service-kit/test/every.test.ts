import { expect, it, vi } from 'vitest';
import { every } from '../src/index.ts';
import { silent } from './example-app.ts';

it('runs again after a failure, never twice at a time, and stops when the run under way is done', async () => {
  let running = 0;
  let most = 0;
  const work = vi.fn(async () => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, 5));
    running--;
    throw new Error('as asked');
  });
  const job = every({ everyMs: 1, name: 'test', log: silent, work });
  await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThan(2));
  await vi.waitFor(() => expect(running).toBe(1), { interval: 1 });
  await job.stop();
  expect([running, most]).toEqual([0, 1]);
  const { length } = work.mock.calls;
  await new Promise((done) => setTimeout(done, 20));
  expect(work.mock.calls).toHaveLength(length);
});
