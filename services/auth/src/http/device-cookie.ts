import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { DEVICE_SECONDS, newDeviceToken } from '../crypto/device-token.ts';
import type { Deps } from '../deps.ts';

const name = 'muster_device';

/** What an earlier sign-in left in this browser. It signs nobody in, so a request forged with it wins nothing. */
export const readDevice = (c: Context): string | undefined => getCookie(c, name);

/** Lets this browser be known as one the account has signed in on. */
export function keepDevice(c: Context, { settings, clock }: Pick<Deps, 'settings' | 'clock'>, userId: string): void {
  setCookie(c, name, newDeviceToken(userId, settings.keySecret, clock.now()), {
    path: '/api',
    httpOnly: true,
    sameSite: 'Strict',
    secure: settings.publicUrl.startsWith('https:'),
    maxAge: DEVICE_SECONDS,
  });
}
