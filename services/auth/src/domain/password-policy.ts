export const MIN_PASSWORD_CHARACTERS = 10;
/** bcrypt reads no further: anything longer would be cut off in silence. */
export const MAX_PASSWORD_BYTES = 72;

/**
 * Why `password` may not be set, in words for the person, or undefined when it may. No composition rules.
 * @param isCommon tells whether a shipped list of common passwords holds it.
 */
export function findPasswordFault(password: string, isCommon: (password: string) => boolean): string | undefined {
  if (password.includes('\u0000') || !password.isWellFormed()) return 'must not contain NUL or broken surrogates';
  if ([...password].length < MIN_PASSWORD_CHARACTERS) return `must have at least ${MIN_PASSWORD_CHARACTERS} characters`;
  if (!fitsBcrypt(password)) return `must have at most ${MAX_PASSWORD_BYTES} bytes`;
  if (isCommon(password)) return 'is too common';
  return undefined;
}

/** False for what bcrypt would cut off: such a password can never have been set, so it never matches. */
export const fitsBcrypt = (password: string): boolean =>
  !password.includes('\u0000') && Buffer.byteLength(password, 'utf8') <= MAX_PASSWORD_BYTES;
