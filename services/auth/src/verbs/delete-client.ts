import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { changeClient, lockClient } from '../sql/clients.ts';
import { noSuchClient } from './read-client.ts';
import { clientSnapshot } from './shared/describe-machine.ts';

/** Deletes a client: its secrets and keys are worth nothing at once, its tokens within 60 s. Administrators only; `not_found`. */
export async function deleteClient(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'clients.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockClient(tx, id);
    if (before === undefined) throw noSuchClient();
    const { version } = await changeClient(tx, before, { deleted: true, bumpTokens: true }, now);
    const told = { version, occurredAt: now.toString(), actor: toEventActor(actor), clientId: id };
    const data = { ...told, before: clientSnapshot(before) };
    await insertOutbox(tx, [newEvent('auth.client-deleted.v1', data, { subject: id })]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
