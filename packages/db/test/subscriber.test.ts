import { expect, test } from 'vitest';
import { lostOf, newSubscriber } from '../src/reconciler/subscriber.ts';

const row = (id: string, publishedMs: number) => ({ id, topic: 'auth', publishedAt: new Date(publishedMs) });
const patienceMs = 15_000;

test('a subscriber that never got anything has nothing queued', () => {
  const rows = [row('a', 1_000), row('b', 2_000)];
  expect(lostOf(newSubscriber(), rows, new Set(['a', 'b']), 0, patienceMs)).toEqual(new Set(['a', 'b']));
});

test('what was overtaken is lost, what comes after may be queued', () => {
  const rows = [row('overtaken', 1_000), row('arrived', 10_000), row('behind', 11_000)];
  const lost = lostOf(newSubscriber(), rows, new Set(['overtaken', 'behind']), 0, patienceMs);
  expect(lost).toEqual(new Set(['overtaken']));
});

test('once nothing arrives any more, the rest is lost too', () => {
  const subscriber = newSubscriber();
  lostOf(subscriber, [row('arrived', 10_000)], new Set(), 0, patienceMs);
  const rest = [row('behind', 11_000)];
  expect(lostOf(subscriber, rest, new Set(['behind']), 14_999, patienceMs)).toEqual(new Set());
  expect(lostOf(subscriber, rest, new Set(['behind']), 15_001, patienceMs)).toEqual(new Set(['behind']));
});
