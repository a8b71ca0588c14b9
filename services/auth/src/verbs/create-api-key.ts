import { AppError } from '@muster/contracts';
import type { CreateApiKeyInput, CreatedApiKey } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { type Action, type Actor, authorise, can, clientActions, delegable, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import { newMachineSecret, secretHint } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { requireScopes } from '../domain/scopes.ts';
import { countApiKeys, insertApiKey, type KeyOwner } from '../sql/api-keys.ts';
import { lockClient } from '../sql/clients.ts';
import { lockUser } from '../sql/find-user.ts';
import { noSuchClient } from './read-client.ts';
import { createOnce } from './shared/create-once.ts';
import { describeKey, keySnapshot } from './shared/describe-machine.ts';

/** As many good keys somebody may have: enough for every tool, too few to hide one among them. */
const maxKeys = 50;

/**
 * Makes a key that acts as the actor, or as a client (administrators), narrowed to scopes that they have. The answer has the one
 * copy of it. Throws `forbidden`, `not_found` for the client, `invalid_input` for scopes, `conflict` beyond 50 keys.
 */
export async function createApiKey(
  deps: Deps,
  actor: Actor,
  input: CreateApiKeyInput,
  idempotencyKey?: string,
): Promise<CreatedApiKey> {
  authorise(actor, input.clientId === undefined ? 'api-keys.manage' : 'clients.manage');
  const owner: KeyOwner = input.clientId === undefined ? { userId: actor.id } : { clientId: input.clientId };
  return createOnce(deps, {
    scope: `create-api-key ${actor.id}`,
    key: idempotencyKey,
    request: input,
    run: async (tx) => {
      const now = deps.clock.now();
      const scopes = requireScopes(input.scopes, await scopesOf(tx, actor, owner));
      if ((await countApiKeys(tx, owner, now)) >= maxKeys)
        throw new AppError('conflict', `There are ${maxKeys} keys already. Revoke some first.`);
      const key = newMachineSecret('mst');
      const stored = await insertApiKey(tx, {
        id: v7(),
        owner,
        hash: hashToken(key),
        hint: secretHint(key),
        name: input.name,
        scopes,
        now,
        expiresAt: now.add({ hours: input.expiresInDays * 24 }),
      });
      const told = { version: 1, occurredAt: now.toString(), actor: toEventActor(actor), keyId: stored.id, ...owner };
      const data = { ...told, after: keySnapshot(stored) };
      await insertOutbox(tx, [newEvent('auth.api-key-created.v1', data, { subject: stored.id })]);
      return { ...describeKey(stored), key };
    },
  });
}

/** What the owner may hand on. The row is locked, so that two requests do not both make the last key there is room for. */
async function scopesOf(tx: Tx, actor: Actor, owner: KeyOwner): Promise<readonly Action[]> {
  if (owner.clientId === undefined) {
    await lockUser(tx, actor.id);
    return delegable.filter((action) => can(actor, action));
  }
  const client = await lockClient(tx, owner.clientId);
  if (client === undefined) throw noSuchClient();
  return clientActions.filter((action) => client.scopes.includes(action));
}
