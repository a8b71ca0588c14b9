import type { Harness } from './harness.ts';
import { type AuthenticatorOptions, softwareAuthenticator } from './software-authenticator.ts';

export const site = { rpId: 'muster.example', origin: 'https://muster.example' };

/** What the passkey routes are asked in the tests. */
export const passkeyCalls = (h: Harness) => ({
  offer: (token: string, body: object = {}) => h.call('POST', '/api/auth/passkeys/register/options', { token, body }),
  add: (token: string, response: object, name?: string) =>
    h.call('POST', '/api/auth/passkeys/register/verify', { token, body: { ...(name && { name }), response } }),
  list: (token: string) => h.call('GET', '/api/auth/passkeys', { token }),
  loginOptions: async () => (await h.call('POST', '/api/auth/passkeys/login/options')).body as { challenge: string },
  login: (response: object) => h.call('POST', '/api/auth/passkeys/login/verify', { body: { response } }),
});

/** Registers somebody with a passkey on a device of their own. */
export async function registerWithPasskey(h: Harness, name: string, device: Partial<AuthenticatorOptions> = {}) {
  const calls = passkeyCalls(h);
  const { accessToken: token, user } = await h.register(name);
  const authenticator = softwareAuthenticator({ ...site, ...device });
  const offered = await calls.offer(token);
  const added = await calls.add(token, authenticator.create(offered.body), `${name}’s phone`);
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  return {
    token,
    user,
    authenticator,
    id: added.body.id as string,
    /** Signs in by a fresh challenge. */
    login: async () => calls.login(authenticator.get(await calls.loginOptions())),
  };
}
