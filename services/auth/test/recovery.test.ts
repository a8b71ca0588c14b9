import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHasher } from '../src/crypto/hasher.ts';
import { admin, from, type Harness, password, startHarness, tokenOf } from './support/harness.ts';
import { registerWithTotp } from './support/totp.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
afterEach(() => h.sql`truncate attempt_counters`);

const next = 'another good password';
const forgot = (email: string, address = '10.0.0.1') =>
  h.call('POST', '/api/auth/forgot-password', { body: { email }, headers: from(address) });
const reset = (token: string, newPassword = next) =>
  h.call('POST', '/api/auth/reset-password', { body: { token, newPassword } });
const verify = (token: string) => h.call('POST', '/api/auth/verify-email', { body: { token } });
const lettersAbout = async (to: string, subject: string) =>
  (await h.letters(to)).filter((letter) => letter.subject === subject);
const resetToken = async (to: string) => tokenOf((await lettersAbout(to, 'Choose a new password')).at(-1));
const verifyToken = async (to: string) => tokenOf((await lettersAbout(to, 'Confirm your e-mail address')).at(-1));

describe('a forgotten password', () => {
  test('is replaced by the mailed token: every session ends, the owner is told, the mailbox is proven', async () => {
    const { accessToken, refreshToken, user } = await h.register('ada');
    expect((await forgot('ADA@example.org ')).status).toBe(202);
    const token = await resetToken(user.email);
    expect((await reset(token, 'short')).body.code).toBe('invalid_input');
    expect((await reset(token)).status).toBe(204);
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).status).toBe(401);
    expect((await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    await expect(h.login({ email: user.email, password })).rejects.toThrow('invalid_credentials');
    expect((await h.login({ email: user.email, password: next })).user.emailVerified).toBe(true);
    const types = (await h.events()).filter(({ subject }) => subject === user.id).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['auth.password-changed.v1', 'auth.session-revoked.v1']));
    expect(await lettersAbout(user.email, 'Your password was changed')).toHaveLength(1);
  });

  test('a token works once, also for two at the same moment', async () => {
    const { user } = await h.register('bea');
    await forgot(user.email);
    const token = await resetToken(user.email);
    await h.warm();
    const both = await Promise.all([reset(token, 'first good password'), reset(token, 'second good password')]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
    const winner = both[0]?.status === 204 ? 'first good password' : 'second good password';
    await h.login({ email: user.email, password: winner });
    const again = await reset(token);
    expect([again.status, again.body.code]).toEqual([401, 'invalid_token']);
    await h.login({ email: user.email, password: winner });
  });

  test('a token ends after 30 minutes, by a newer one, and by a change of password', async () => {
    const { user, accessToken } = await h.register('cat');
    await forgot(user.email);
    const old = await resetToken(user.email);
    await forgot(user.email);
    const newer = await resetToken(user.email);
    expect(newer).not.toBe(old);
    expect((await reset(old)).body.code).toBe('invalid_token');
    const body = { currentPassword: password, newPassword: 'changed by hand' };
    expect((await h.call('POST', '/api/auth/change-password', { token: accessToken, body })).status).toBe(204);
    expect((await reset(newer)).body.code).toBe('invalid_token');
    await forgot(user.email);
    const late = await resetToken(user.email);
    h.pass({ minutes: 30 });
    expect((await reset(late)).body.code).toBe('invalid_token');
  });

  test('one purpose is not another, and a token of one account changes no other', async () => {
    const { user } = await h.register('dan');
    const token = await verifyToken(user.email);
    expect((await reset(token)).body.code).toBe('invalid_token');
    const accept = await h.call('POST', '/api/auth/accept-invitation', { body: { token, password: next } });
    expect(accept.body.code).toBe('invalid_token');
    await forgot(user.email);
    expect((await verify(await resetToken(user.email))).body.code).toBe('invalid_token');
  });

  test('known, unknown and disabled addresses get the same answer by the same statements', async () => {
    const off = await h.register('off');
    await h.register('on');
    const { accessToken } = await h.login(admin);
    await h.call('PATCH', `/api/users/${off.user.id}`, { body: { active: false }, token: accessToken });
    await h.letters();
    const before = (await h.letters()).length;
    const answers = [];
    for (const name of ['on', 'off', 'nobody']) answers.push(await forgot(`${name}@example.org`));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, undefined]));
    // All three left the same row, and nothing has looked an account up yet.
    const rows = await h.sql`select kind, user_id, email_sealed is not null as sealed from mails`;
    expect(rows).toEqual(Array(3).fill({ kind: 'password-reset', user_id: null, sealed: true }));
    const dump = JSON.stringify(await h.sql`select encode(email_sealed, 'escape') as text from mails`);
    expect(dump).not.toContain('example.org');
    const letters = (await h.letters()).slice(before);
    expect(letters.map(({ to }) => to)).toEqual(['on@example.org']);
    expect(await h.sql`select from mails`).toHaveLength(0);
  });

  test('no mailbox is bombed, and nobody learns that it has had enough', async () => {
    const { user } = await h.register('eve');
    for (let i = 0; i < 10; i++) expect((await forgot(user.email, `10.1.${i}.1`)).status).toBe(202);
    expect(await lettersAbout(user.email, 'Choose a new password')).toHaveLength(3);
    h.pass({ minutes: 20 });
    await forgot(user.email, '10.1.99.1');
    const latest = await resetToken(user.email);
    // Whoever goes on asking cannot keep the owner from a link that works.
    for (let i = 0; i < 10; i++) await forgot(user.email, `10.2.${i}.1`);
    await h.letters();
    expect((await reset(latest)).status).toBe(204);
  });

  test('a place that asks for many mailboxes is refused, with Retry-After', async () => {
    const answers = [];
    for (let i = 0; i < 61; i++) answers.push(await forgot(`m${i}@example.org`, '10.3.0.1'));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(60);
    expect(answers.at(-1)?.body.code).toBe('rate_limited');
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('the mailbox is no second factor', async () => {
    const { email, login, code } = await registerWithTotp(h, 'zoe');
    await forgot(email);
    expect((await reset(await resetToken(email))).status).toBe(204);
    expect((await login({ password: next })).body.code).toBe('totp_required');
    expect((await login({ password: next, totp: code() })).status).toBe(200);
  });

  test('the mailbox opens the door to an owner whom strangers keep out', async () => {
    const { user } = await h.register('fay');
    const login = (address: string, secret: string) =>
      h.call('POST', '/api/auth/login', { body: { email: user.email, password: secret }, headers: from(address) });
    for (let i = 0; i < 25; i++) await login(`10.4.${i}.1`, 'guess');
    expect((await login('192.0.2.1', password)).status).toBe(429);
    await forgot(user.email, '192.0.2.1');
    const token = await resetToken(user.email);
    const headers = from('192.0.2.1');
    await h.call('POST', '/api/auth/reset-password', { body: { token, newPassword: next }, headers });
    expect((await login('192.0.2.1', next)).status).toBe(200);
  });

  test.each([
    ['an unknown field', '/forgot-password', { email: 'a@example.org', role: 'admin' }],
    ['no address', '/forgot-password', { email: 'a@example.org\r\nBcc: b@example.org' }],
    ['a password over 72 bytes', '/reset-password', { token: 'x', newPassword: 'ä'.repeat(37) }],
    ['a common password', '/reset-password', { token: 'x', newPassword: 'Password123' }],
    ['a token too long', '/verify-email', { token: 'x'.repeat(300) }],
  ])('refuses %s', async (_what, path, body) => {
    expect((await h.call('POST', `/api/auth${path}`, { body })).body.code).toBe('invalid_input');
  });
});

describe('an e-mail address', () => {
  test('is confirmed by the mailed token, once', async () => {
    const { user, accessToken } = await h.register('gus');
    expect(user.emailVerified).toBe(false);
    const token = await verifyToken(user.email);
    expect(JSON.stringify(await h.sql`select t::text from one_time_tokens t`)).not.toContain(token);
    expect((await verify(token)).status).toBe(204);
    expect((await verify(token)).body.code).toBe('invalid_token');
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).body.emailVerified).toBe(true);
  });

  test('another link is mailed on demand, a few times, and never once it is confirmed', async () => {
    const { user, accessToken } = await h.register('hal');
    const resend = () => h.call('POST', '/api/auth/verify-email/resend', { token: accessToken });
    expect((await h.call('POST', '/api/auth/verify-email/resend')).status).toBe(401);
    const late = await verifyToken(user.email);
    expect((await resend()).status).toBe(202);
    expect((await verify(late)).status).toBe(204);
    await h.sql`truncate attempt_counters`;
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await resend()).status);
    expect(answers).toEqual([202, 202, 202, 429]);
    expect(await lettersAbout(user.email, 'Confirm your e-mail address')).toHaveLength(1);
  });
});

describe('notices', () => {
  test('a sign-in from a new place is told, not the first, not one on a known device', async () => {
    const headers = from('198.51.100.1');
    const body = { email: 'ian@example.org', password, name: 'Ian' };
    const registered = await h.call('POST', '/api/auth/register', { body, headers });
    const cookie = registered.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const login = (address: string, device?: string) =>
      h.call('POST', '/api/auth/login', {
        body: { email: body.email, password },
        headers: { ...from(address, device), 'user-agent': '<b>Browser</b>' },
      });
    const told = async () => (await lettersAbout(body.email, 'A sign-in from a new place')).length;
    await login('198.51.100.1');
    await login('198.51.100.2', cookie);
    expect(await told()).toBe(0);
    await login('198.51.100.3');
    await login('198.51.100.3');
    expect(await told()).toBe(1);
    const [letter] = await lettersAbout(body.email, 'A sign-in from a new place');
    expect(letter?.text).toContain('From: 198.51.100.3');
    expect(letter?.html).toContain('&lt;b&gt;Browser&lt;/b&gt;');
  });
});

describe('time', () => {
  test('of a sign-in says nothing: unknown, wrong and disabled take as long, whole requests interleaved', async () => {
    // A dear hash, as in production, so that what is compared is the sign-in and not the noise of a busy machine.
    const { hasher } = h.deps;
    h.deps.hasher = await createHasher({ cost: 8, workers: 1, queueMax: 1000 });
    try {
      for (const name of ['timed', 'shut']) {
        await h.sql`
          insert into users (id, email, name, role, password_hash, active, created_at, updated_at) values
            (gen_random_uuid(), ${`${name}@example.org`}, 'T', 'employee', ${await h.deps.hasher.hash(password)},
            ${name === 'timed'}, now(), now())
        `;
      }
      const cases = { wrong: ['timed', 'wrong password'], unknown: ['ghost', password], disabled: ['shut', password] };
      const times: Record<string, number[]> = { wrong: [], unknown: [], disabled: [] };
      for (let round = 0; round < 21; round++) {
        for (const [name, [who, secret]] of Object.entries(cases)) {
          const started = performance.now();
          const body = { email: `${who}@example.org`, password: secret };
          const { status } = await h.call('POST', '/api/auth/login', { body, headers: from(`10.5.${round}.1`) });
          times[name]?.push(performance.now() - started);
          expect(status).toBe(401);
        }
        await h.sql`truncate attempt_counters`;
      }
      const median = (name: string): number => times[name]?.toSorted((a, b) => a - b)[10] ?? 0;
      for (const name of ['unknown', 'disabled']) {
        const ratio = median(name) / median('wrong');
        expect(ratio).toBeGreaterThan(0.6);
        expect(ratio).toBeLessThan(1.67);
      }
    } finally {
      await h.deps.hasher.close();
      h.deps.hasher = hasher;
    }
  });

  test('of asking for a reset says nothing', async () => {
    await h.register('known');
    const times: Record<string, number[]> = { known: [], nobody: [] };
    for (let round = 0; round < 25; round++) {
      for (const name of ['known', 'nobody']) {
        const started = performance.now();
        expect((await forgot(`${name}@example.org`)).status).toBe(202);
        times[name]?.push(performance.now() - started);
      }
      await h.sql`truncate attempt_counters, mails`;
    }
    const median = (name: string): number => times[name]?.toSorted((a, b) => a - b)[12] ?? 0;
    const ratio = median('nobody') / median('known');
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
