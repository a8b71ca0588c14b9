import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Devices are known for this long after the last sign-in on them. */
export const DEVICE_SECONDS = 180 * 24 * 3600;

const macOf = (userId: string, nonce: string, expires: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`device\n${userId}\n${nonce}\n${expires}`).digest();

/**
 * Says that `userId` has signed in on this device (OWASP's device cookie). It opens nothing: its bearer's attempts are
 * merely counted apart from those of strangers.
 */
export function newDeviceToken(userId: string, secret: string, now: Temporal.Instant): string {
  const nonce = randomBytes(12).toString('base64url');
  const expires = String(Math.floor(now.epochMilliseconds / 1000) + DEVICE_SECONDS);
  return `${nonce}.${expires}.${macOf(userId, nonce, expires, secret).toString('base64url')}`;
}

/** The device's own id, if the token is one of ours for this account and has not ended. */
export function deviceOf(
  token: string | undefined,
  o: { userId: string | undefined; secret: string; now: Temporal.Instant },
): string | undefined {
  const [nonce = '', expires = '', mac = ''] = token?.split('.') ?? [];
  // Computed for everybody: an account that is not there costs the same.
  const expected = macOf(o.userId ?? '', nonce, expires, o.secret);
  const given = Buffer.from(mac, 'base64url');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  const alive = Number(expires) * 1000 > o.now.epochMilliseconds;
  return genuine && alive && o.userId !== undefined ? nonce : undefined;
}
