import type { CreateClientInput, CreatedClient } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent } from '@muster/db';
import { type Actor, authorise, clientActions, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import { newMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { requireScopes } from '../domain/scopes.ts';
import { insertClientSecret } from '../sql/client-secrets.ts';
import { insertClient } from '../sql/clients.ts';
import { createOnce } from './shared/create-once.ts';
import { clientSnapshot, describeClient } from './shared/describe-machine.ts';

/** Makes a machine client; the answer has the one copy of its secret. Administrators only; throws `invalid_input` for scopes. */
export function createClient(
  deps: Deps,
  actor: Actor,
  input: CreateClientInput,
  idempotencyKey?: string,
): Promise<CreatedClient> {
  authorise(actor, 'clients.manage');
  const scopes = requireScopes(input.scopes, clientActions);
  return createOnce(deps, {
    scope: `create-client ${actor.id}`,
    key: idempotencyKey,
    request: input,
    run: async (tx) => {
      const now = deps.clock.now();
      const clientSecret = newMachineSecret('msc');
      const client = await insertClient(tx, { id: v7(), name: input.name, scopes, now });
      await insertClientSecret(tx, { id: v7(), clientId: client.id, hash: hashToken(clientSecret), now });
      const told = { version: client.version, occurredAt: now.toString(), actor: toEventActor(actor) };
      const data = { ...told, clientId: client.id, after: clientSnapshot(client) };
      await insertOutbox(tx, [newEvent('auth.client-created.v1', data, { subject: client.id })]);
      return { ...describeClient(client), clientId: client.id, clientSecret };
    },
  });
}
