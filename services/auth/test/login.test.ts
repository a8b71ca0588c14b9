import bcrypt from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHasher } from '../src/crypto/hasher.ts';
import { admin, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const login = (body: object) => h.call('POST', '/api/auth/login', { body });

describe('login', () => {
  test('by e-mail or username, with one event in the same transaction', async () => {
    await h.register('ada');
    const before = (await h.events('auth.user-logged-in.v1')).length;
    for (const name of [{ email: 'ADA@example.org' }, { username: 'Ada' }]) {
      const answer = await login({ ...name, password });
      expect([answer.status, answer.body.user?.email]).toEqual([200, 'ada@example.org']);
    }
    const events = (await h.events('auth.user-logged-in.v1')).slice(before);
    expect(events).toHaveLength(2);
    expect(events[0]?.data).toMatchObject({ actor: { name: 'ada', role: 'employee' } });
  });

  test('under seed 2’s path, with what seed 2 answers', async () => {
    const body = { email: 'seed@example.org', password, name: 'Seed', workId: 'W2', workLocation: 'Hall 1' };
    expect((await h.call('POST', '/api/accounts/register', { body })).status).toBe(201);
    const answer = await h.call('POST', '/api/accounts/login', { body: { email: body.email, password } });
    expect(answer.body).toMatchObject({
      accessToken: expect.any(String),
      user: { id: expect.any(String), email: body.email, name: 'Seed', workId: 'W2', workLocation: 'Hall 1' },
    });
  });

  test('unknown, wrong, too long and disabled read the same', async () => {
    const off = await h.register('off');
    const { accessToken } = await h.login(admin);
    await h.call('PATCH', `/api/users/${off.user.id}`, { body: { active: false }, token: accessToken });
    await h.register('on');
    const answers = await Promise.all([
      login({ email: 'nobody@example.org', password }),
      login({ email: 'on@example.org', password: 'wrong password' }),
      login({ email: 'on@example.org', password: `${password}\u0000` }),
      login({ email: 'off@example.org', password }),
      login({ username: "on' or '1'='1", password }),
    ]);
    for (const { status, body } of answers) {
      expect({ ...body, status, requestId: '' }).toEqual({ ...answers[0]?.body, status: 401, requestId: '' });
    }
    expect(answers[0]?.body.code).toBe('invalid_credentials');
    const failed = await h.events('auth.sign-in-failed.v1');
    const reasons = failed.map(({ data }) => data.reason);
    expect(reasons.sort()).toEqual([
      'disabled',
      'unknown-account',
      'unknown-account',
      'wrong-password',
      'wrong-password',
    ]);
    expect(JSON.stringify(failed)).not.toContain('nobody@');
    expect(failed.map(({ data }) => data.emailHint)).toContain('n***@example.org');
  });

  test('a password whose first 72 bytes match is still wrong', async () => {
    const long = 'x'.repeat(72);
    const body = { email: 'cut@example.org', password: long, name: 'Cut' };
    await h.call('POST', '/api/auth/register', { body });
    expect((await login({ email: body.email, password: long })).status).toBe(200);
    expect((await login({ email: body.email, password: `${long}y` })).status).toBe(401);
  });

  test('unknown takes as long as wrong', async () => {
    const hasher = await createHasher({ cost: 9, workers: 1, queueMax: 1000 });
    const slow = { ...h.deps, hasher };
    try {
      const hash = await hasher.hash(password);
      const time = async (stored: string | undefined): Promise<number> => {
        const started = performance.now();
        await slow.hasher.verify('wrong password', stored);
        return performance.now() - started;
      };
      const known: number[] = [];
      const unknown: number[] = [];
      for (let i = 0; i < 15; i++) {
        known.push(await time(hash));
        unknown.push(await time(undefined));
      }
      // The fastest of each: what is left when the machine has nothing else to do.
      const ratio = Math.min(...unknown) / Math.min(...known);
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(1.67);
    } finally {
      await hasher.close();
    }
  });

  test('every kind of failure compares exactly once', async () => {
    let compared = 0;
    const { hasher } = h.deps;
    const verify: typeof hasher.verify = (...given) => {
      compared++;
      return hasher.verify(...given);
    };
    h.deps.hasher = { ...hasher, verify };
    try {
      for (const body of [
        { email: 'nobody@example.org', password: 'x' },
        { email: 'on@example.org', password: 'x' },
        { email: 'off@example.org', password },
        { email: 'on@example.org', password: 'y'.repeat(100) },
      ]) {
        compared = 0;
        await login(body);
        expect(compared).toBe(1);
      }
    } finally {
      h.deps.hasher = hasher;
    }
  });

  test('a hash of another cost is renewed by the next login', async () => {
    const { user } = await h.register('old');
    await h.sql`update users set password_hash = ${bcrypt.hashSync(password, 5)} where id = ${user.id}`;
    await h.login({ email: 'old@example.org', password });
    const [row] = await h.sql`select password_hash from users where id = ${user.id}`;
    expect(bcrypt.getRounds(row?.password_hash)).toBe(4);
    await h.login({ email: 'old@example.org', password });
  });

  test.each([
    ['neither name', { password }],
    ['both names', { email: 'a@example.org', username: 'a', password }],
    ['no password', { email: 'a@example.org' }],
    ['NUL in the username', { username: 'a\u0000', password }],
    ['an unknown field', { email: 'a@example.org', password, role: 'admin' }],
  ])('refuses %s', async (_what, body) => {
    const answer = await login(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
  });

  test('bad JSON, another content type, a body too large', async () => {
    const send = (raw: string, type: string) =>
      h.call('POST', '/api/auth/login', { raw, headers: { 'content-type': type } });
    expect((await send('{', 'application/json')).body.code).toBe('invalid_json');
    expect((await send('a=b', 'application/x-www-form-urlencoded')).body.code).toBe('unsupported_media_type');
    expect((await send(`"${'x'.repeat(20_000)}"`, 'application/json')).body.code).toBe('body_too_large');
  });
});
