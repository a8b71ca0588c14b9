import { AppError } from '@muster/contracts';
import { isCommonPassword } from './common-passwords.ts';
import { findPasswordFault } from './password-policy.ts';

/** Throws 400 on `field` when `password` may not be set. */
export function requireGoodPassword(password: string, field: string): void {
  const fault = findPasswordFault(password, isCommonPassword);
  if (fault === undefined) return;
  throw new AppError('invalid_input', `The password ${fault}.`, { errors: [{ field, message: fault, in: 'body' }] });
}
