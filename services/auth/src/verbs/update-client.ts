import type { ClientPatch, MachineClient } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, clientActions, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import type { Client } from '../domain/machines.ts';
import { requireScopes } from '../domain/scopes.ts';
import { changeClient, lockClient } from '../sql/clients.ts';
import { noSuchClient } from './read-client.ts';
import { clientSnapshot, describeClient } from './shared/describe-machine.ts';

/**
 * Renames a client, sets its scopes, switches it off or on. Tokens with scopes it lost, and all of them when it is off, stop
 * working within 60 s. Administrators only; throws `not_found`, `invalid_input` for scopes.
 */
export async function updateClient(deps: Deps, actor: Actor, id: string, patch: ClientPatch): Promise<MachineClient> {
  authorise(actor, 'clients.manage');
  const scopes = patch.scopes && requireScopes(patch.scopes, clientActions);
  const now = deps.clock.now();
  const client = await withTransaction(deps.sql, async (tx) => {
    const before = await lockClient(tx, id);
    if (before === undefined) throw noSuchClient();
    const wanted = {
      name: patch.name ?? before.name,
      scopes: scopes ?? before.scopes,
      active: patch.active ?? before.active,
    };
    if (isSame(before, wanted)) return before;
    const lost = before.scopes.some((scope) => !wanted.scopes.includes(scope));
    const bumpTokens = lost || (before.active && !wanted.active);
    const after = await changeClient(tx, before, { ...wanted, bumpTokens }, now);
    const told = { version: after.version, occurredAt: now.toString(), actor: toEventActor(actor), clientId: id };
    const data = { ...told, before: clientSnapshot(before), after: clientSnapshot(after) };
    await insertOutbox(tx, [newEvent('auth.client-updated.v1', data, { subject: id })]);
    return after;
  });
  deps.relay.wake();
  await deps.revocations.reload();
  return describeClient(client);
}

const isSame = (before: Client, wanted: Pick<Client, 'name' | 'scopes' | 'active'>): boolean =>
  JSON.stringify(clientSnapshot(before)) === JSON.stringify(wanted);
