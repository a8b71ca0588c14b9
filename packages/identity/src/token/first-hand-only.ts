import { AppError } from '@muster/contracts';
import type { Verifier } from './create-verifier.ts';

/**
 * The same verifier, but a token that was narrowed to scopes is refused (403 `forbidden`). For routes about one's own account that
 * ask no permission: an API key must not change a password or end sessions.
 */
export const firstHandOnly = (verifier: Pick<Verifier, 'verify'>): Pick<Verifier, 'verify'> => ({
  async verify(token) {
    const actor = await verifier.verify(token);
    if (actor.scopes !== undefined)
      throw new AppError('forbidden', 'Sign in yourself for this: a key or client may not.');
    return actor;
  },
});
