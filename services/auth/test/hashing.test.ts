import { AppError } from '@muster/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWaitingRoom } from '../src/crypto/waiting-room.ts';
import { from, type Harness, password, startHarness } from './support/harness.ts';

const never = () => new Promise<never>(() => {});
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

describe('the waiting room', () => {
  test('lets in as many as there are places, keeps a few waiting, refuses the rest at once', async () => {
    const room = createWaitingRoom({ places: 2, maxWaitMs: 60_000, queueMax: 3 });
    const outcomes: string[] = [];
    for (let i = 0; i < 8; i++) room.run(never).catch((error) => outcomes.push(codeOf(error)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(room.stats()).toMatchObject({ running: 2, waiting: 3 });
    expect(outcomes).toEqual(['overloaded', 'overloaded', 'overloaded']);
    expect(() => room.requireRoom()).toThrow(/overloaded/);
  });

  test('works in order, also after failures', async () => {
    const room = createWaitingRoom({ places: 1, maxWaitMs: 60_000, queueMax: 10 });
    const order: number[] = [];
    const work = [1, 2, 3, 4].map((n) =>
      room.run(async () => {
        order.push(n);
        if (n === 2) throw new Error('broken');
      }),
    );
    await Promise.allSettled(work);
    expect(order).toEqual([1, 2, 3, 4]);
    expect(room.stats()).toMatchObject({ running: 0, waiting: 0 });
  });

  test('refuses who waited too long, and forgets them', async () => {
    const room = createWaitingRoom({ places: 1, maxWaitMs: 20, queueMax: 10 });
    void room.run(never);
    await expect(room.run(never)).rejects.toSatisfy((error) => codeOf(error) === 'overloaded');
    expect(room.stats().waiting).toBe(0);
  });

  test('without a bound of its own, admits what is done in time', async () => {
    const room = createWaitingRoom({ places: 1, maxWaitMs: 1000 });
    const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
    await room.run(pause);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => room.run(pause)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.length).toBeLessThan(20);
  });
});

describe('more sign-ins than can be hashed', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startHarness({ hashing: { cost: 11, workers: 1, queueMax: 2 } });
    await h.register('ada');
  });
  afterAll(() => h.stop());

  test('are refused before the first of them is answered, with Retry-After', async () => {
    const finished: number[] = [];
    const body = { email: 'ada@example.org', password };
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const answer = await h.call('POST', '/api/auth/login', { body, headers: from(`10.0.0.${i}`) });
        finished.push(answer.status);
        return answer;
      }),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(15);
    expect(finished.slice(0, refused.length)).toEqual(refused.map(() => 503));
    for (const answer of refused) {
      expect(answer.body.code).toBe('overloaded');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });

  test('and do not count against the person', async () => {
    expect((await h.call('POST', '/api/auth/login', { body: { email: 'ada@example.org', password } })).status).toBe(
      200,
    );
  });
});
