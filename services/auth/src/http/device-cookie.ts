import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { DEVICE_SECONDS, newDeviceToken } from '../crypto/device-token.ts';
import type { Deps } from '../deps.ts';

const name = 'muster_device';

type CookieDeps = Pick<Deps, 'settings' | 'clock'>;

// Browsers keep what begins with __Host- from other hosts and from plain HTTP; on a laptop there is only plain HTTP.
const isSecure = ({ settings }: CookieDeps): boolean => settings.publicUrl.startsWith('https:');

/** What an earlier sign-in left in this browser. It signs nobody in, so a request forged with it wins nothing. */
export const readDevice = (c: Context, deps: CookieDeps): string | undefined =>
  getCookie(c, name, isSecure(deps) ? 'host' : undefined);

/** Lets this browser be known as one the account has signed in on. */
export function keepDevice(c: Context, deps: CookieDeps, userId: string): void {
  const token = newDeviceToken(userId, deps.settings.keySecret, deps.clock.now());
  const common = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: DEVICE_SECONDS } as const;
  setCookie(c, name, token, isSecure(deps) ? { ...common, prefix: 'host', secure: true } : common);
}
