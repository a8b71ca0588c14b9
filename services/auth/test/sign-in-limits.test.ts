import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appApiToken, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ limits: { perAccount: 4, failuresPerAddress: 12 } });
});
afterAll(() => h.stop());

const login = (name: string, secret: string, address: string) =>
  h.call('POST', '/api/auth/login', {
    body: { email: `${name}@example.org`, password: secret },
    headers: { 'x-forwarded-for': address, 'dapr-api-token': appApiToken },
  });

describe('sign-in limits', () => {
  test('parallel guesses count before they are hashed', async () => {
    await h.register('ada');
    const guesses = await Promise.all(Array.from({ length: 8 }, () => login('ada', 'wrong password', '10.0.0.1')));
    expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 429, 429, 429, 429]);
    const refused = await login('ada', password, '10.0.0.1');
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('nobody can lock a colleague out from another address', async () => {
    expect((await login('ada', password, '10.0.0.2')).status).toBe(200);
  });

  test('an unknown account is limited like a known one', async () => {
    const guesses = await Promise.all(Array.from({ length: 5 }, () => login('ghost', 'wrong', '10.0.0.3')));
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  test('successes of a whole building behind one address are never counted', async () => {
    await h.register('crowd');
    for (let i = 0; i < 20; i++) expect((await login('crowd', password, '10.0.0.4')).status).toBe(200);
  });

  test('guessing through many accounts from one address ends', async () => {
    const tries = [];
    for (let i = 0; i < 14; i++) tries.push((await login(`p${i}`, 'wrong', '10.0.0.5')).status);
    expect(tries).toEqual([...Array(12).fill(401), 429, 429]);
  });
});
