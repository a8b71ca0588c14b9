import type { PublicJwk } from '../crypto/key-pair.ts';
import type { Deps } from '../deps.ts';
import { listPublicKeys as selectPublicKeys } from '../sql/signing-keys.ts';

/** The public keys that tokens of ours may be signed with. */
export const listPublicKeys = (deps: Pick<Deps, 'sql' | 'clock'>): Promise<PublicJwk[]> =>
  selectPublicKeys(deps.sql, deps.clock.now());
