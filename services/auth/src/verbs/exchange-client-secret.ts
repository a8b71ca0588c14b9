import { AppError, id as uuid } from '@muster/contracts';
import type { TokenAnswer } from '@muster/contracts/http/auth';
import { isMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { grantScopes } from '../domain/scopes.ts';
import { findClientBySecret } from '../sql/client-secrets.ts';
import { noteUse } from '../sql/note-use.ts';
import { issueAccessToken } from './shared/issue-access-token.ts';

/**
 * Client credentials (RFC 6749 §4.4) for an access token that lives as sessions' do. Throws `invalid_client`, the same for an
 * unknown, switched-off and deleted client and a wrong secret, and `invalid_scope`.
 */
export async function exchangeClientSecret(
  deps: Deps,
  o: { clientId: string; clientSecret: string; scope?: string | undefined },
): Promise<TokenAnswer> {
  const refused = new AppError('invalid_client', 'Client id and secret do not fit, or the client is switched off.');
  if (!uuid.safeParse(o.clientId).success || !isMachineSecret(o.clientSecret, 'msc')) throw refused;
  const now = deps.clock.now();
  const client = await findClientBySecret(deps.sql, { clientId: o.clientId, hash: hashToken(o.clientSecret), now });
  if (client === undefined) throw refused;
  const scope = grantScopes(client.scopes, o.scope).join(' ');
  await noteUse(deps.sql, 'clients', client.id, now);
  const { id: sub, name, tokenVersion: ver, secretId: sid, expiresAtS } = client;
  return issueAccessToken(deps, { sub, sid, ver, role: 'client', name, email: '', scope }, expiresAtS);
}
