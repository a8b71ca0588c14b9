import { AppError } from '@muster/contracts';
import type { TokenAnswer } from '@muster/contracts/http/auth';
import { can, isAction } from '@muster/identity';
import { isMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { grantScopes } from '../domain/scopes.ts';
import { findApiKeyByHash, type ProvenKey } from '../sql/api-keys.ts';
import { noteUse } from '../sql/note-use.ts';
import { issueAccessToken } from './shared/issue-access-token.ts';

/**
 * An API key for an access token that never outlives it. Throws `invalid_grant`, the same for an unknown, expired and revoked key
 * and for one whose owner may not sign in any more, and `invalid_scope`.
 */
export async function exchangeApiKey(
  deps: Deps,
  o: { apiKey: string; scope?: string | undefined },
): Promise<TokenAnswer> {
  const refused = new AppError('invalid_grant', 'This key is not good (any more).');
  if (!isMachineSecret(o.apiKey, 'mst')) throw refused;
  const now = deps.clock.now();
  const key = await findApiKeyByHash(deps.sql, hashToken(o.apiKey), now);
  if (key === undefined) throw refused;
  const scope = grantScopes(stillHeld(key), o.scope).join(' ');
  await noteUse(deps.sql, 'api_keys', key.id, now);
  const { ownerId: sub, id: sid, tokenVersion: ver, role, name, email } = key;
  return issueAccessToken(deps, { sub, sid, ver, role, name, email, scope }, key.expiresAtS);
}

/** Whom the key acts as may have lost since what the key was made for. */
const stillHeld = ({ scopes, role, clientScopes }: ProvenKey): string[] =>
  scopes.filter((scope) => isAction(scope) && (clientScopes?.includes(scope) ?? can({ role, scopes: [scope] }, scope)));
