import { generateSecret, generateURI, verifySync } from 'otplib';

const periodSeconds = 30;
const issuer = 'Muster';

/** A new secret, base32: 160 bits, as RFC 4226 recommends. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator app reads from a QR code. SHA-1, six digits, 30 s: all that every app understands. */
export const totpUri = (secret: string, label: string): string => generateURI({ issuer, label, secret });

/**
 * The 30 s step whose code this is, or undefined when it is none of the current one and its two neighbours: clocks of
 * phones are never quite right.
 */
export function findTotpStep(secret: string, code: string, now: Temporal.Instant): number | undefined {
  const epoch = Math.floor(now.epochMilliseconds / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: periodSeconds });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
