import { type Page, toPage } from '@muster/contracts';
import type { ApiKey, ApiKeyListQuery } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listApiKeys as selectApiKeys } from '../sql/api-keys.ts';
import { findClient } from '../sql/clients.ts';
import { noSuchClient } from './read-client.ts';
import { describeKey } from './shared/describe-machine.ts';

/** One page of the actor's own keys, or of a client's for administrators; newest first. Throws `not_found` for the client. */
export async function listApiKeys(deps: Deps, actor: Actor, query: ApiKeyListQuery): Promise<Page<ApiKey>> {
  const { clientId, page, limit } = query;
  authorise(actor, clientId === undefined ? 'api-keys.manage' : 'clients.manage');
  if (clientId !== undefined && (await findClient(deps.sql, clientId)) === undefined) throw noSuchClient();
  const owner = clientId === undefined ? { userId: actor.id } : { clientId };
  const { keys, total } = await selectApiKeys(deps.sql, { owner, page, limit });
  return toPage(keys.map(describeKey), total, { page, limit });
}
