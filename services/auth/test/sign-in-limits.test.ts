import { createPool } from '@muster/db';
import { silentLog } from '@muster/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAttemptLimiter } from '../src/limits/attempt-limiter.ts';
import { from, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
afterEach(() => h.sql`truncate attempt_counters`);

const login = (name: string, secret: string, address: string, cookie?: string) =>
  h.call('POST', '/api/auth/login', {
    body: { email: `${name}@example.org`, password: secret },
    headers: from(address, cookie),
  });
const statuses = async (times: number, attempt: (index: number) => ReturnType<typeof login>): Promise<number[]> => {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push((await attempt(i)).status);
  return all;
};
const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';

describe('attempts at one account from one place', () => {
  test('parallel guesses count before they are hashed', async () => {
    await h.register('ada');
    await h.warm();
    const guesses = await Promise.all(Array.from({ length: 15 }, () => login('ada', 'wrong password', '10.0.0.1')));
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), ...Array(5).fill(429)]);
    const refused = await login('ada', password, '10.0.0.1');
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'rate_limited', '1']);
  });

  test('wait twice as long each time, never over 15 minutes, and a success starts anew', async () => {
    await h.register('bea');
    await statuses(10, () => login('bea', 'wrong password', '10.0.1.1'));
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      const refused = await login('bea', password, '10.0.1.1');
      expect(refused.status).toBe(429);
      const seconds = Number(refused.headers.get('retry-after'));
      waits.push(seconds);
      h.pass({ seconds });
      expect((await login('bea', 'wrong password', '10.0.1.1')).status).toBe(401);
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(900);
    h.pass({ seconds: 900 });
    expect((await login('bea', password, '10.0.1.1')).status).toBe(200);
    expect(await statuses(4, () => login('bea', 'wrong password', '10.0.1.1'))).toEqual(Array(4).fill(401));
  });

  test('an account that is not there is limited in the same numbers and words', async () => {
    await h.register('cat');
    const known = [];
    const unknown = [];
    for (let i = 0; i < 12; i++) {
      const [one, other] = [await login('cat', 'wrong', '10.0.2.1'), await login('ghost', 'wrong', '10.0.2.2')];
      known.push([one.status, one.body.detail, one.headers.get('retry-after')]);
      unknown.push([other.status, other.body.detail, other.headers.get('retry-after')]);
    }
    expect(unknown).toEqual(known);
    expect(known.at(-1)?.[0]).toBe(429);
  });

  test('a refusal costs no hash, and no event', async () => {
    await h.register('dan');
    await statuses(10, () => login('dan', 'wrong', '10.0.3.1'));
    const { hasher } = h.deps;
    h.deps.hasher = { ...hasher, verify: () => Promise.reject(new Error('hashed')) };
    const before = (await h.events('auth.sign-in-failed.v1')).length;
    expect((await login('dan', password, '10.0.3.1')).status).toBe(429);
    expect(await h.events('auth.sign-in-failed.v1')).toHaveLength(before);
    h.deps.hasher = hasher;
  });

  test('who finds no room to hash has not tried', async () => {
    await h.register('eve');
    const { hasher } = h.deps;
    h.deps.hasher = { ...hasher, verify: () => Promise.reject(new Error('no room')) };
    await statuses(12, () => login('eve', password, '10.0.4.1'));
    h.deps.hasher = hasher;
    expect((await login('eve', password, '10.0.4.1')).status).toBe(200);
  });

  test('an IPv6 attacker with a whole /64 is one place', async () => {
    const tries = await statuses(13, (i) => login('fay', 'wrong', `2001:db8::${i + 1}`));
    expect(tries).toEqual([...Array(10).fill(401), 429, 429, 429]);
  });
});

describe('several processes', () => {
  test('count together, and go on after a restart', async () => {
    const others = [1, 2].map(() => createPool({ url: h.url, max: 4, applicationName: 'other', log: silentLog }));
    const { clock, settings } = h.deps;
    const limiters = others.map((sql) => createAttemptLimiter({ sql, clock, secret: settings.keySecret }));
    const rules = [{ kind: 'test', name: 'one', free: 10, leak: 1, first: 60, growth: 1, most: 60 }];
    try {
      const tries = await Promise.all(
        Array.from({ length: 40 }, (_, i) => limiters[i % 2]?.count(rules) ?? Promise.reject(new Error('none'))),
      );
      expect(tries.filter((counted) => 'takeBack' in counted)).toHaveLength(10);
      const restarted = createAttemptLimiter({ sql: h.sql, clock, secret: settings.keySecret });
      expect(await restarted.count(rules)).toEqual({ waitSeconds: 60 });
    } finally {
      await Promise.all(others.map((sql) => sql.end({ timeout: 1 })));
    }
  });

  test('attempts under many shared counters never wait for one another in a circle', async () => {
    const rule = (name: string) => ({ kind: 'test', name, free: 1e6, leak: 1, first: 1, growth: 1, most: 1 });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await h.warm();
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const mine = names.map((_name, at) => rule(names[(at * 5 + i) % names.length] ?? ''));
        const counted = await h.deps.limiter.count(i % 2 ? mine : mine.toReversed());
        if ('takeBack' in counted) await counted.takeBack();
      }),
    );
    expect(await h.sql`select from attempt_counters where level <> 0`).toHaveLength(0);
  });

  test('counters and places that have nothing left to tell are removed', async () => {
    await h.register('gus');
    await login('gus', 'wrong', '10.0.5.1');
    const { purgeEnded } = await import('../src/verbs/purge-ended.ts');
    await purgeEnded(h.deps);
    expect((await h.sql`select from attempt_counters`).length).toBeGreaterThan(0);
    h.pass({ hours: 24 * 91 });
    await purgeEnded(h.deps);
    expect(await h.sql`select from attempt_counters`).toHaveLength(0);
    expect(await h.sql`select from known_places`).toHaveLength(0);
  });
});

describe('nobody locks a colleague out', () => {
  test('who hammers from elsewhere is delayed; the owner gets in from where it has been', async () => {
    await h.register('own');
    expect((await login('own', password, '198.51.100.7')).status).toBe(200);
    // Five hundred places: the account's own limit for strangers is used up, whatever address comes next.
    const guesses = await statuses(60, (i) => login('own', 'wrong', `203.0.${i}.1`));
    expect(guesses.filter((status) => status === 401)).toHaveLength(20);
    expect((await login('own', password, '192.0.2.1')).status).toBe(429);
    expect((await login('own', password, '198.51.100.7')).status).toBe(200);
  });

  test('a colleague in the same building who hammers does not keep out a browser that is known', async () => {
    await h.register('pam');
    const first = await login('pam', password, '198.51.100.8');
    const cookie = cookieOf(first.headers);
    const [flags] = first.headers.getSetCookie();
    for (const flag of ['__Host-muster_device=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/;'])
      expect(flags).toContain(flag);
    await statuses(13, () => login('pam', 'wrong', '198.51.100.8'));
    expect((await login('pam', password, '198.51.100.8')).status).toBe(429);
    expect((await login('pam', password, '198.51.100.8', cookie)).status).toBe(200);
    // Nor on the road.
    expect((await login('pam', password, '192.0.2.99', cookie)).status).toBe(200);
  });

  test('a stolen or forged device opens nothing and has a limit of its own', async () => {
    await h.register('quin');
    await h.register('rob');
    const cookie = cookieOf((await login('quin', password, '198.51.100.9')).headers);
    expect((await login('quin', 'wrong', '192.0.2.50', cookie)).status).toBe(401);
    const rest = await statuses(12, () => login('quin', 'wrong', '192.0.2.50', cookie));
    expect(rest.filter((status) => status === 401)).toHaveLength(9);
    // Another account's device, and one whose life was prolonged, count for nothing.
    await statuses(10, () => login('rob', 'wrong', '192.0.2.51'));
    const [nonce, expires, mac] = cookie.split('=')[1]?.split('.') ?? [];
    for (const forged of [
      cookie,
      `__Host-muster_device=${nonce}.${Number(expires) + 1}.${mac}`,
      '__Host-muster_device=x',
    ]) {
      expect((await login('rob', password, '192.0.2.51', forged)).status).toBe(429);
    }
    h.pass({ hours: 24 * 181 });
    await statuses(10, () => login('quin', 'wrong', '192.0.2.52'));
    expect((await login('quin', password, '192.0.2.52', cookie)).status).toBe(429);
  });

  test('a signed-in person changes the password while strangers hammer', async () => {
    const { accessToken } = await h.register('sue');
    await statuses(30, (i) => login('sue', 'wrong', `203.1.${i}.1`));
    const answer = await h.call('POST', '/api/auth/change-password', {
      token: accessToken,
      body: { currentPassword: password, newPassword: 'another good password' },
      headers: from('203.1.0.1'),
    });
    expect(answer.status).toBe(204);
  });
});

describe('registrations', () => {
  test('of one place are limited by the hour, before anything is hashed', async () => {
    const scaled = { ...h.deps, settings: { ...h.deps.settings, limitsScale: 0.01 } };
    const { register } = await import('../src/verbs/register.ts');
    const one = (n: number) =>
      register(scaled, { ip: '10.9.0.1' }, { email: `n${n}@new.example`, password, name: 'N' });
    for (let n = 0; n < 5; n++) await one(n);
    await expect(one(5)).rejects.toThrow('rate_limited');
    await expect(one(0)).rejects.toThrow('rate_limited');
    h.pass({ minutes: 12 });
    await one(6);
  });
});
