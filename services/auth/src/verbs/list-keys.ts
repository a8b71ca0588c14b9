import type { SigningKeyInfo } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { PublicJwk } from '../crypto/key-pair.ts';
import type { Deps } from '../deps.ts';
import { keyState, newestKey, rotationDue } from '../domain/key-plan.ts';
import { listSigningKeys, listPublicKeys as selectPublicKeys } from '../sql/signing-keys.ts';

/** The public keys that tokens of ours may be signed with, a coming one included. */
export const listPublicKeys = (deps: Pick<Deps, 'sql' | 'clock'>): Promise<PublicJwk[]> =>
  selectPublicKeys(deps.sql, deps.clock.now());

/** When which key signs, newest first. Administrators only. */
export async function listKeys(deps: Deps, actor: Actor): Promise<SigningKeyInfo[]> {
  authorise(actor, 'keys.rotate');
  return readKeys(deps);
}

/** {@link listKeys} for whoever has been let in. */
export async function readKeys({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<SigningKeyInfo[]> {
  const now = clock.now();
  const keys = await listSigningKeys(sql, now);
  return keys.map((key) => ({
    kid: key.kid,
    state: keyState(key, keys, now),
    createdAt: key.createdAt.toString(),
    signsFrom: key.signsFrom.toString(),
    expiresAt: key.expiresAt?.toString() ?? null,
  }));
}

/** When the next rotation is due; undefined while there is no key. */
export async function nextRotation(
  deps: Pick<Deps, 'sql' | 'clock' | 'settings'>,
): Promise<Temporal.Instant | undefined> {
  const newest = newestKey(await listSigningKeys(deps.sql, deps.clock.now()));
  return newest && rotationDue(newest, deps.settings.keyRotation);
}
