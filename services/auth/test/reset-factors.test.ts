import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, type Harness, startHarness } from './support/harness.ts';
import { passkeyCalls, site } from './support/passkeys.ts';
import { softwareAuthenticator } from './support/software-authenticator.ts';
import { registerWithTotp } from './support/totp.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];
const reset = (id: string, token?: string) => h.call('DELETE', `/api/users/${id}/factors`, { token });

describe('resetting the factors of somebody who lost them', () => {
  test('leaves the password, ends sessions, and tells the person', async () => {
    const ann = await registerWithTotp(h, 'ann');
    const calls = passkeyCalls(h);
    const phone = softwareAuthenticator(site);
    expect((await calls.add(ann.token, phone.create((await calls.offer(ann.token)).body))).status).toBe(201);
    const { accessToken } = await h.login(admin);
    expect((await reset(ann.user.id, accessToken)).status).toBe(204);

    expect((await h.call('GET', '/api/auth/profile', { token: ann.token })).status).toBe(401);
    expect((await calls.login(phone.get(await calls.loginOptions()))).status).toBe(401);
    const { accessToken: token } = (await ann.login()).body;
    expect((await h.call('GET', '/api/auth/2fa', { token })).body).toEqual({
      totp: false,
      recoveryCodesLeft: 0,
      passkeys: 0,
    });
    for (const type of ['auth.two-factor-disabled.v1', 'auth.passkey-removed.v1', 'auth.session-revoked.v1']) {
      const [event] = await h.events(type);
      expect(event?.data).toMatchObject({ userId: ann.user.id, reason: 'reset-by-admin', actor: { role: 'admin' } });
    }
    expect((await reset(ann.user.id, accessToken)).status).toBe(204);
    expect(await h.events('auth.two-factor-disabled.v1')).toHaveLength(1);
  });

  test('is for an administrator who just signed in, and never for oneself', async () => {
    const { user, token } = await registerWithTotp(h, 'bea');
    expect((await reset(user.id)).status).toBe(401);
    expect(codeOf(await reset(user.id, token))).toEqual([403, 'forbidden']);
    const { accessToken, refreshToken, user: me } = await h.login(admin);
    expect(codeOf(await reset(me.id, accessToken))).toEqual([409, 'conflict']);
    expect(codeOf(await reset(crypto.randomUUID(), accessToken))).toEqual([404, 'not_found']);
    h.pass({ minutes: 16 });
    const later = (await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).body.accessToken as string;
    expect(codeOf(await reset(user.id, later))).toEqual([401, 'reauthentication_required']);
  });
});
