import { AppError } from '@muster/contracts';
import { can } from '../authorise.ts';
import type { Verifier } from './create-verifier.ts';

/**
 * The same verifier, for routes about one's own account (`account.own`): a token that was narrowed to scopes and a kiosk's are
 * refused (403 `forbidden`). An API key must not change a password or end sessions.
 */
export const firstHandOnly = (verifier: Pick<Verifier, 'verify'>): Pick<Verifier, 'verify'> => ({
  async verify(token) {
    const actor = await verifier.verify(token);
    if (!can(actor, 'account.own'))
      throw new AppError('forbidden', 'Sign in yourself for this: a key, a client or a kiosk may not.');
    return actor;
  },
});
