import { z } from 'zod';

/** A password being tried: anything of a size that is worth hashing. */
export const triedPassword = z.string().min(1).max(1024);

/** What an authenticator app shows: six digits, which people copy with a space in the middle. */
export const totpCode = z
  .string()
  .trim()
  .regex(/^\d{3} ?\d{3}$/, 'must be the six digits the app shows')
  .transform((code) => code.replace(' ', ''));

/** A recovery code as people type it: whatever its case, with or without its hyphens. */
const recoveryCode = z.string().trim().min(1).max(64);

/** The second factor, in one of its two shapes. */
export const secondFactor = { totp: totpCode.optional(), recoveryCode: recoveryCode.optional() };

/** `refine(oneFactor.check, oneFactor)`: one of the two would be used up for nothing. */
export const oneFactor = {
  check: (given: { totp?: string | undefined; recoveryCode?: string | undefined }): boolean =>
    given.totp === undefined || given.recoveryCode === undefined,
  message: 'give either totp or recoveryCode',
  path: ['totp'],
};

/**
 * Proof that it is still the person who sits there. Not needed in the first minutes of a session; later the password, and
 * the second factor of whoever has one.
 */
export const proof = z
  .strictObject({ password: triedPassword.optional(), ...secondFactor })
  .refine(oneFactor.check, oneFactor);

export type Proof = z.infer<typeof proof>;
