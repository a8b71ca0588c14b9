import type { Notification } from '@muster/contracts/http/events';
import { silentLog } from '@muster/testing';
import { expect, test } from 'vitest';
import { Feed } from '../src/sockets/feed.ts';

const userId = 'u';
const note = (seq: number) => ({ userId, live: seq % 10 !== 0, notification: { seq } as Notification });

/** A feed over `size()` notifications in memory, of which every tenth is not for sockets; reads wait for `gate`. */
function setUp(size: () => number, gate: () => Promise<void> = async () => {}) {
  const feed = new Feed({
    log: silentLog,
    lastSequences: async () => new Map([[userId, size()]]),
    async read(after, limit) {
      const from = after.get(userId) ?? 0;
      const missed = Array.from({ length: Math.min(limit, size() - from) }, (_, index) => note(from + index + 1));
      await gate();
      return { missed, unread: new Map([[userId, size()]]) };
    },
  });
  const join = (cursor: number) => {
    const seqs: number[] = [];
    const emit = (event: string, body: unknown) => event === 'notification' && seqs.push((body as Notification).seq);
    const leave = feed.join(userId, { emit }, cursor);
    return { seqs, leave };
  };
  return { feed, join };
}
const live = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((seq) => seq % 10 !== 0);

test('a socket that joins from further back while others are being served misses nothing', async () => {
  const gates = [Promise.withResolvers<void>()];
  const { feed, join } = setUp(
    () => 450,
    () => gates.shift()?.promise ?? Promise.resolve(),
  );
  const [first] = gates;
  const ahead = join(440);
  const behind = join(0);
  first?.resolve();
  await feed.idle();
  expect(ahead.seqs).toEqual(live(441, 450));
  expect(behind.seqs).toEqual(live(1, 450));
});

test('what could not be read is tried again by the sweep, and nothing comes twice', async () => {
  let size = 5;
  let away = true;
  const { feed, join } = setUp(
    () => size,
    async () => {
      if (away) throw new Error('no database');
    },
  );
  const { seqs } = join(0);
  await feed.idle();
  expect(seqs).toEqual([]);
  away = false;
  await feed.sweep();
  await feed.idle();
  size = 9;
  await feed.sweep();
  await feed.idle();
  feed.wake([userId, userId]);
  await feed.idle();
  expect(seqs).toEqual(live(1, 9));
});

test('who left gets nothing more', async () => {
  const { feed, join } = setUp(() => 3);
  const { seqs, leave } = join(0);
  leave();
  feed.wake([userId]);
  await feed.idle();
  expect(seqs).toEqual([]);
});
