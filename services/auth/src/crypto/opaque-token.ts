import { createHash, randomBytes } from 'node:crypto';

/** A bearer secret of 256 random bits, URL-safe. Only {@link hashToken} of it is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256: enough for a secret nobody can guess, and quick to look up. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
