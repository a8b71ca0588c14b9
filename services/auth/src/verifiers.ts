import { createVerifier, type Verifier, type VerifierOptions } from '@muster/identity';
import { setupAudience } from './domain/setup-audience.ts';

/** The verifiers of this service, and what keeps both up to date. */
export interface Verifiers {
  /** Tokens that every service takes. */
  full: Verifier;
  /** Those, and the ones that only set up two-factor sign-in. */
  setup: Pick<Verifier, 'verify'>;
  both: Pick<Verifier, 'revoke' | 'reloadKeys'>;
}

/** Makes them for one issuer and the audience of full tokens. */
export function createVerifiers(options: VerifierOptions): Verifiers {
  const full = createVerifier(options);
  const only = createVerifier({ ...options, audience: setupAudience(options.audience) });
  return {
    full,
    setup: { verify: (token) => full.verify(token).catch(() => only.verify(token)) },
    both: {
      revoke(list) {
        full.revoke(list);
        only.revoke(list);
      },
      reloadKeys: async () => void (await Promise.all([full.reloadKeys(), only.reloadKeys()])),
    },
  };
}
