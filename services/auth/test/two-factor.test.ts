import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, password, startHarness } from './support/harness.ts';
import { codeAt, registerWithTotp, wrongCode } from './support/totp.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const post = (path: string, token: string, body?: object) =>
  h.call('POST', `/api/auth/2fa/${path}`, { token, ...(body && { body }) });
const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];

describe('setting it up', () => {
  test('shows a secret three ways; only a first code switches it on, and tells of it', async () => {
    const { accessToken: token, user } = await h.register('ann');
    const { status, body } = await post('setup', token);
    expect(status).toBe(200);
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.otpauthUrl).toBe(`otpauth://totp/Muster:ann%40example.org?secret=${body.secret}&issuer=Muster`);
    const [, svg = ''] = body.qrCode.split('data:image/svg+xml;base64,');
    expect(Buffer.from(svg, 'base64').toString()).toMatch(/^<svg /);
    await h.login({ email: 'ann@example.org', password });

    expect(codeOf(await post('enable', token, { totp: wrongCode(h, body.secret) }))).toEqual([401, 'totp_invalid']);
    await h.login({ email: 'ann@example.org', password });
    const enabled = await post('enable', token, { totp: codeAt(h, body.secret) });
    expect(enabled.status).toBe(200);
    expect(new Set(enabled.body.recoveryCodes).size).toBe(10);
    expect(enabled.body.recoveryCodes[0]).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/);
    expect((await h.call('GET', '/api/auth/2fa', { token })).body).toEqual({
      totp: true,
      recoveryCodesLeft: 10,
      passkeys: 0,
    });
    const [event] = await h.events('auth.two-factor-enabled.v1');
    expect(event?.data).toMatchObject({ userId: user.id, actor: { name: 'ann' } });
  });

  test('nothing of it is stored or told in the clear', async () => {
    const { secret, recoveryCodes, code } = await registerWithTotp(h, 'bob');
    const rows = await h.sql`
      select encode(secret_sealed, 'escape') as text from totp_factors
      union all select encode(hash, 'escape') from recovery_codes
    `;
    const kept = JSON.stringify([rows, await h.events()]);
    for (const part of [secret, recoveryCodes[0] ?? '', (recoveryCodes[0] ?? '').replaceAll('-', ''), code()]) {
      expect(kept).not.toContain(part);
    }
  });

  test('a secret copied into another person’s row opens nothing', async () => {
    const bea = await registerWithTotp(h, 'bea');
    const ben = await registerWithTotp(h, 'ben');
    await h.sql`
      update totp_factors set secret_sealed = (select secret_sealed from totp_factors where user_id = ${bea.user.id})
      where user_id = ${ben.user.id}
    `;
    expect((await ben.login({ totp: bea.code() })).status).toBe(500);
  });

  test('once it is on, it is neither set up nor enabled again', async () => {
    const { token, code } = await registerWithTotp(h, 'cal');
    expect(codeOf(await post('setup', token))).toEqual([409, 'conflict']);
    expect(codeOf(await post('enable', token, { totp: code() }))).toEqual([409, 'conflict']);
    const { accessToken } = await h.register('cyd');
    expect(codeOf(await post('enable', accessToken, { totp: '123456' }))).toEqual([409, 'conflict']);
  });

  test('an old session asks for the password, also a refreshed one', async () => {
    const { accessToken, refreshToken } = await h.register('dan');
    h.pass({ minutes: 16 });
    const refreshed = await h.call('POST', '/api/auth/refresh', { body: { refreshToken } });
    const token = refreshed.body.accessToken as string;
    expect((await post('setup', accessToken)).status).toBe(401);
    expect(codeOf(await post('setup', token))).toEqual([401, 'reauthentication_required']);
    expect(codeOf(await post('setup', token, { password: 'wrong' }))).toEqual([401, 'invalid_credentials']);
    expect((await post('setup', token, { password })).status).toBe(200);
  });

  test('needs a token, and six digits', async () => {
    expect((await h.call('GET', '/api/auth/2fa')).status).toBe(401);
    for (const path of ['setup', 'enable', 'disable', 'recovery-codes']) {
      expect((await h.call('POST', `/api/auth/2fa/${path}`, { body: {} })).status).toBe(401);
    }
    const { accessToken: token } = await h.register('eva');
    for (const totp of ['12345', '1234567', '12 34 56', 'abcdef', '１２３４５６']) {
      expect(codeOf(await post('enable', token, { totp }))).toEqual([400, 'invalid_input']);
    }
    expect((await post('setup', token, { userId: 'x' })).status).toBe(400);
  });
});

describe('switching it off', () => {
  test('takes the password and a code, and tells of it', async () => {
    const { token, code, user, login } = await registerWithTotp(h, 'fay');
    expect((await post('disable', token, { totp: code() })).status).toBe(400);
    expect(codeOf(await post('disable', token, { password }))).toEqual([401, 'totp_required']);
    expect(codeOf(await post('disable', token, { password: 'wrong', totp: code() }))).toEqual([
      401,
      'invalid_credentials',
    ]);
    expect((await post('disable', token, { password, totp: code() })).status).toBe(204);
    expect((await login()).status).toBe(200);
    expect(codeOf(await post('disable', token, { password }))).toEqual([409, 'conflict']);
    const [event] = await h.events('auth.two-factor-disabled.v1');
    expect(event?.data).toMatchObject({ userId: user.id, reason: 'by-person' });
    expect(await h.sql`select 1 from recovery_codes where user_id = ${user.id}`).toHaveLength(0);
  });

  test('a recovery code does as well', async () => {
    const { token, recoveryCodes } = await registerWithTotp(h, 'gil');
    const body = { password, recoveryCode: recoveryCodes[3] };
    expect((await post('disable', token, body)).status).toBe(204);
  });
});

describe('recovery codes', () => {
  test('open the account once each, however they are written down', async () => {
    const { login, recoveryCodes, user } = await registerWithTotp(h, 'hal');
    const [first = '', second = ''] = recoveryCodes;
    expect((await login({ recoveryCode: first })).status).toBe(200);
    expect(codeOf(await login({ recoveryCode: first }))).toEqual([401, 'totp_invalid']);
    const sloppy = second.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l');
    expect((await login({ recoveryCode: sloppy })).status).toBe(200);
    const used = (await h.events('auth.recovery-code-used.v1')).filter(({ data }) => data.userId === user.id);
    expect(used.map(({ data }) => data.left)).toEqual([9, 8]);
  });

  test('of another person open nothing', async () => {
    const { recoveryCodes } = await registerWithTotp(h, 'ida');
    const { login } = await registerWithTotp(h, 'ian');
    expect(codeOf(await login({ recoveryCode: recoveryCodes[0] }))).toEqual([401, 'totp_invalid']);
  });

  test('are renewed by proof; the earlier ones end', async () => {
    const { token, recoveryCodes, login, user } = await registerWithTotp(h, 'jan');
    const renewed = await post('recovery-codes', token);
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await login({ recoveryCode: recoveryCodes[0] })).status).toBe(401);
    expect((await login({ recoveryCode: renewed.body.recoveryCodes[0] })).status).toBe(200);
    const [event] = await h.events('auth.recovery-codes-renewed.v1');
    expect(event?.data.userId).toBe(user.id);
    const { accessToken } = await h.register('joy');
    expect(codeOf(await post('recovery-codes', accessToken))).toEqual([409, 'conflict']);
  });
});
