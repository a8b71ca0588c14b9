import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FREE_FAILURES } from '../src/domain/factor-delay.ts';
import { type Harness, password, startHarness } from './support/harness.ts';
import { registerWithTotp } from './support/totp.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];

describe('a sign-in with two factors', () => {
  test('says that a code is needed only after the right password', async () => {
    const { email, login, code } = await registerWithTotp(h, 'ann');
    const wrong = (factor: object) =>
      h.call('POST', '/api/auth/login', { body: { email, password: 'wrong password', ...factor } });
    expect(codeOf(await wrong({}))).toEqual([401, 'invalid_credentials']);
    expect(codeOf(await wrong({ totp: code() }))).toEqual([401, 'invalid_credentials']);
    expect(codeOf(await login())).toEqual([401, 'totp_required']);
    expect((await login({ totp: code() })).status).toBe(200);
  });

  test('a wrong code is told, and noted for the audit log', async () => {
    const { login, wrong, user } = await registerWithTotp(h, 'bea');
    expect(codeOf(await login({ totp: wrong() }))).toEqual([401, 'totp_invalid']);
    const failed = (await h.events('auth.sign-in-failed.v1')).filter(({ data }) => data.userId === user.id);
    expect(failed.map(({ data }) => data.reason)).toEqual(['wrong-second-factor']);
  });

  test('codes mean nothing to whoever has none, and garbage is refused at the edge', async () => {
    await h.register('cal');
    const login = (factor: object) =>
      h.call('POST', '/api/auth/login', { body: { email: 'cal@example.org', password, ...factor } });
    expect((await login({ totp: '123456' })).status).toBe(200);
    expect((await login({ totp: '123 456' })).status).toBe(200);
    expect(codeOf(await login({ totp: '12345' }))).toEqual([400, 'invalid_input']);
    expect(codeOf(await login({ totp: '123456', recoveryCode: 'x' }))).toEqual([400, 'invalid_input']);
  });

  test('a disabled account does not even ask for the code', async () => {
    const { login, code, user } = await registerWithTotp(h, 'deb');
    await h.sql`update users set active = false where id = ${user.id}`;
    expect(codeOf(await login())).toEqual([401, 'invalid_credentials']);
    expect(codeOf(await login({ totp: code() }))).toEqual([401, 'invalid_credentials']);
  });

  test('repeating a registration by its key is no way round', async () => {
    const body = { email: 'key@example.org', password, name: 'Key' };
    const register = () => h.call('POST', '/api/auth/register', { body, headers: { 'idempotency-key': 'k-1' } });
    const { user } = (await register()).body;
    const other = await registerWithTotp(h, 'other');
    await h.sql`update totp_factors set user_id = ${user.id} where user_id = ${other.user.id}`;
    expect(codeOf(await register())).toEqual([401, 'totp_required']);
  });
});

describe('a code', () => {
  test('is good in its own step and in the two beside it, and no further', async () => {
    const { login, code } = await registerWithTotp(h, 'eve');
    // At the very start and the very end of a step of 30 s.
    for (const second of [0, 29]) {
      h.pass({ minutes: 5 });
      h.pass({ seconds: (30 - (Math.floor(h.now().epochMilliseconds / 1000) % 30)) % 30 });
      h.pass({ seconds: second });
      const back = -second;
      expect((await login({ totp: code(back - 31) })).status).toBe(401);
      expect((await login({ totp: code(back + 60) })).status).toBe(401);
      expect((await login({ totp: code(back - 30) })).status).toBe(200);
      expect((await login({ totp: code(back) })).status).toBe(200);
      expect((await login({ totp: code(back + 59) })).status).toBe(200);
    }
  });

  test('is good once, and every earlier one is over with it', async () => {
    const { login, code } = await registerWithTotp(h, 'fay');
    expect((await login({ totp: code() })).status).toBe(200);
    expect(codeOf(await login({ totp: code() }))).toEqual([401, 'totp_invalid']);
    expect(codeOf(await login({ totp: code(-30) }))).toEqual([401, 'totp_invalid']);
    h.pass({ seconds: 30 });
    expect((await login({ totp: code() })).status).toBe(200);
  });

  test('given to enable it does not sign in as well', async () => {
    const { login, code } = await registerWithTotp(h, 'gil');
    expect(codeOf(await login({ totp: code(-30) }))).toEqual([401, 'totp_invalid']);
  });

  test('given twice at the same moment opens one session', async () => {
    const { login, code, user, recoveryCodes } = await registerWithTotp(h, 'hal');
    await h.warm();
    const sessions = async () => (await h.sql`select 1 from sessions where user_id = ${user.id}`).length;
    const before = await sessions();
    const totp = code();
    const answers = await Promise.all(Array.from({ length: 4 }, () => login({ totp })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
    const recoveryCode = recoveryCodes[0];
    const recovered = await Promise.all(Array.from({ length: 4 }, () => login({ recoveryCode })));
    expect(recovered.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
    expect(await sessions()).toBe(before + 2);
  });

  test('cannot be guessed: after some wrong ones the next waits, whatever the address, and twice as long each time', async () => {
    const { login, wrong, code, recoveryCodes } = await registerWithTotp(h, 'ida');
    for (let i = 0; i < FREE_FAILURES; i++) expect((await login({ totp: wrong() })).status).toBe(401);
    const waiting = await login({ totp: code() });
    expect(codeOf(waiting)).toEqual([429, 'rate_limited']);
    expect(waiting.headers.get('retry-after')).toBe('30');
    h.pass({ seconds: 30 });
    expect(codeOf(await login({ totp: wrong() }))).toEqual([401, 'totp_invalid']);
    expect((await login({ totp: code() })).headers.get('retry-after')).toBe('60');
    // Who has one of the codes on paper need not wait: they cannot be guessed.
    expect((await login({ recoveryCode: recoveryCodes[0] })).status).toBe(200);
    h.pass({ seconds: 60 });
    expect((await login({ totp: code() })).status).toBe(200);
    h.pass({ seconds: 30 });
    expect(codeOf(await login({ totp: wrong() }))).toEqual([401, 'totp_invalid']);
    expect((await login({ totp: code() })).status).toBe(200);
  });
});

describe('the sign-in limiter', () => {
  test('counts wrong codes; asking for one neither counts nor clears what was counted', async () => {
    const limited = await startHarness();
    try {
      const { login, wrong } = await registerWithTotp(limited, 'jan');
      for (let i = 0; i < 8; i++) expect((await login({ password: 'wrong password' })).status).toBe(401);
      expect(codeOf(await login({ totp: wrong() }))).toEqual([401, 'totp_invalid']);
      for (let i = 0; i < 3; i++) expect(codeOf(await login())).toEqual([401, 'totp_required']);
      expect(codeOf(await login({ totp: wrong() }))).toEqual([401, 'totp_invalid']);
      expect(codeOf(await login())).toEqual([429, 'rate_limited']);
    } finally {
      await limited.stop();
    }
  });
});
