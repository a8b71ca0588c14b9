import { generateSync } from 'otplib';
import type { Harness } from './harness.ts';
import { password } from './harness.ts';

/** What an authenticator app shows for `secret` at the harness' time, moved by `seconds`. */
export const codeAt = (h: Harness, secret: string, seconds = 0): string =>
  generateSync({ secret, epoch: Math.floor(h.now().epochMilliseconds / 1000) + seconds });

/** A code that is none of the three that are good now. */
export function wrongCode(h: Harness, secret: string): string {
  const good = [-30, 0, 30].map((seconds) => codeAt(h, secret, seconds));
  return ['000000', '111111', '222222', '333333'].find((code) => !good.includes(code)) ?? '';
}

/** Registers somebody with two-factor sign-in; the clock is moved on, so that the next code is a fresh one. */
export async function registerWithTotp(h: Harness, name: string) {
  const { accessToken: token, user } = await h.register(name);
  const { secret } = (await h.call('POST', '/api/auth/2fa/setup', { token })).body as { secret: string };
  const enabled = await h.call('POST', '/api/auth/2fa/enable', { token, body: { totp: codeAt(h, secret) } });
  if (enabled.status !== 200) throw new Error(JSON.stringify(enabled.body));
  h.pass({ seconds: 30 });
  const email = `${name}@example.org`;
  return {
    token,
    user,
    email,
    secret,
    recoveryCodes: enabled.body.recoveryCodes as string[],
    code: (seconds = 0) => codeAt(h, secret, seconds),
    wrong: () => wrongCode(h, secret),
    /** Tries to sign in with the right password and `factor`. */
    login: (factor: object = {}) => h.call('POST', '/api/auth/login', { body: { email, password, ...factor } }),
  };
}
