import type { Session } from '@muster/contracts/http/auth';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';

let h: Harness;
let people = 0;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const begin = (): Promise<Session> => h.register(`racer${++people}`);
const familyOf = (userId: string) => h.sql<{ session: string; live: boolean }[]>`
  select s.id as session, t.rotated_at is null and s.revoked_at is null as live
  from refresh_tokens t join sessions s on s.id = t.session_id where s.user_id = ${userId}
`;

describe('fifty refreshes of one token, over two processes', () => {
  test('are one family with one successor, and every caller has a session that works', async () => {
    // Again and again: one round may by chance be over before the next caller has begun.
    for (let round = 0; round < 4; round++) {
      const processes = [h, h.beside()];
      const { refreshToken, user } = await begin();
      await h.warm();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          (processes[n % 2] as Harness).call('POST', '/api/auth/refresh', { body: { refreshToken } }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
      const family = await familyOf(user.id);
      expect(new Set(family.map(({ session }) => session)).size).toBe(1);
      expect([family.length, family.filter(({ live }) => live).length]).toEqual([2, 1]);
      for (const { body } of answers) {
        expect((await h.call('GET', '/api/auth/profile', { token: body.accessToken })).status).toBe(200);
      }
      h.pass({ seconds: 11 });
      const next = await h.call('POST', '/api/auth/refresh', { body: { refreshToken: answers[0]?.body.refreshToken } });
      expect(next.status).toBe(200);
    }
  });

  test('of a token that is old end the family once, and nobody gets anything', async () => {
    const first = await begin();
    await h.call('POST', '/api/auth/refresh', { body: { refreshToken: first.refreshToken } });
    h.pass({ seconds: 11 });
    const processes = [h, h.beside()];
    await h.warm();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        (processes[n % 2] as Harness).call('POST', '/api/auth/refresh', { body: { refreshToken: first.refreshToken } }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['refresh_reused']));
    expect((await familyOf(first.user.id)).filter(({ live }) => live)).toEqual([]);
    const told = (await h.events('auth.session-revoked.v1')).filter(({ data }) => data.userId === first.user.id);
    expect(told).toHaveLength(1);
  });
});

describe('any history of refreshes', () => {
  test('leaves at most one live token; it ends for good once an old one is used late', async () => {
    const step = fc.record({
      // Which of the tokens ever given out is used: 0 is the newest.
      back: fc.integer({ min: 0, max: 3 }),
      wait: fc.constantFrom(0, 5, 10, 11, 3600),
      beside: fc.boolean(),
    });
    const other = h.beside();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { refreshToken, user } = await begin();
        const given = [refreshToken];
        const rotatedAt = new Map<string, number>();
        let dead = false;
        for (const { back, wait, beside } of steps) {
          h.pass({ seconds: wait });
          const token = given.at(-1 - back) ?? refreshToken;
          const at = h.now().epochMilliseconds;
          const rotated = rotatedAt.get(token);
          const late = rotated !== undefined && at - rotated > 10_000;
          const answer = await (beside ? other : h).call('POST', '/api/auth/refresh', {
            body: { refreshToken: token },
          });
          dead ||= late;
          expect([answer.status, answer.body.code]).toEqual(dead ? [401, 'refresh_reused'] : [200, undefined]);
          if (!dead && rotated === undefined) {
            rotatedAt.set(token, at);
            given.push(answer.body.refreshToken);
          } else if (!dead) {
            // A racing tab gets the very successor the first one got.
            expect(answer.body.refreshToken).toBe(given[given.indexOf(token) + 1]);
          }
        }
        const live = (await familyOf(user.id)).filter((row) => row.live);
        expect(live).toHaveLength(dead ? 0 : 1);
      }),
      { numRuns: 40 },
    );
  });
});
