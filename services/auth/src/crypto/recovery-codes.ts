import { randomInt } from 'node:crypto';
import { hashToken } from './opaque-token.ts';

// Crockford's base32: nothing in it looks like anything else in it.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const groups = 7;
const groupLength = 4;

export const RECOVERY_CODES = 10;

const newCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');

/** Ten codes of 140 random bits, so that a plain SHA-256 of each is safe to keep. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

/** What is kept of a code; the same for every way to write it down: capitals, spaces, no hyphens, o for 0, l or i for 1. */
export const hashRecoveryCode = (code: string): Buffer =>
  hashToken(code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1'));
