import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { revokeApiKey as endApiKey, findApiKey } from '../sql/api-keys.ts';
import { keySnapshot } from './shared/describe-machine.ts';

/**
 * Ends a key at once, and its access tokens within 60 s. One's own, or anybody's for administrators: whoever finds a leaked key
 * can end it. Throws `not_found`, for somebody else's key, too.
 */
export async function revokeApiKey(deps: Deps, actor: Actor, id: string): Promise<void> {
  const scope = authorise(actor, 'api-keys.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const key = await findApiKey(tx, id);
    const mayEnd = key !== undefined && (key.userId === actor.id || scope === 'all');
    if (!mayEnd || !(await endApiKey(tx, id, now))) throw new AppError('not_found', 'No such key.');
    const { userId, clientId } = key;
    const owner = { ...(userId !== null && { userId }), ...(clientId !== null && { clientId }) };
    const told = { version: 2, occurredAt: now.toString(), actor: toEventActor(actor), keyId: id, ...owner };
    const data = { ...told, before: keySnapshot(key) };
    await insertOutbox(tx, [newEvent('auth.api-key-revoked.v1', data, { subject: id })]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
