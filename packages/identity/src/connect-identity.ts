import type { Sidecar } from '@muster/dapr';
import type { Log } from '@muster/service-kit';
import { createVerifier, type Verifier } from './token/create-verifier.ts';
import { jwks } from './token/key-set.ts';
import { revocationList } from './token/revocations.ts';
import { startRevocationPoll } from './token/start-revocation-poll.ts';

export interface IdentityOptions {
  sidecar: Pick<Sidecar, 'invoke'>;
  issuer: string;
  audience: string;
  log: Log;
}

/** The wiring of every service but auth: keys and revocations come from auth by service invocation. */
export function connectIdentity(o: IdentityOptions): { verifier: Verifier; stop(): Promise<void> } {
  const ask = { app: 'auth', method: 'GET', actor: null, timeoutMs: 5000 } as const;
  const verifier = createVerifier({
    issuer: o.issuer,
    audience: o.audience,
    jwks: async () => (await o.sidecar.invoke({ ...ask, path: '/api/auth/.well-known/jwks.json', schema: jwks })).keys,
  });
  const fetch = () => o.sidecar.invoke({ ...ask, path: '/internal/revocations', schema: revocationList });
  return { verifier, ...startRevocationPoll({ verifier, fetch, log: o.log }) };
}
