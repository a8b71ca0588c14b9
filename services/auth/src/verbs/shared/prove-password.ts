import { AppError } from '@muster/contracts';
import type { Deps } from '../../deps.ts';
import type { Client } from '../../domain/client.ts';
import { type Attempt, beginSignIn, type SignInAttempt } from './begin-sign-in.ts';

/** The one answer to whatever is wrong with a sign-in. */
export const wrongCredentials = (): AppError =>
  new AppError('invalid_credentials', 'The name or the password is not right.');

/**
 * Compares a password under the sign-in limits. The caller settles the attempt it gets. Throws `rate_limited` or
 * `overloaded` at once; what was never compared does not count against the person.
 */
export async function provePassword(
  deps: Deps,
  client: Client,
  o: SignInAttempt & { password: string; hash: string | null | undefined },
): Promise<{ matches: boolean; attempt: Attempt }> {
  const attempt = await beginSignIn(deps, client, o);
  try {
    return { matches: await deps.hasher.verify(o.password, o.hash), attempt };
  } catch (error) {
    await attempt.withdrawn();
    throw error;
  }
}
