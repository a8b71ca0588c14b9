import { dictionary } from '@zxcvbn-ts/language-common';
import { MIN_PASSWORD_CHARACTERS } from './password-policy.ts';

// The shorter ones are refused by their length already; without them the list takes a few dozen kilobytes.
const common = new Set(
  dictionary['passwords-common'].map(String).filter((password) => password.length >= MIN_PASSWORD_CHARACTERS),
);

/** True when the list shipped with zxcvbn (about 49,000 leaked passwords) holds it, whatever its case. */
export const isCommonPassword = (password: string): boolean => common.has(password.toLowerCase());
