import type { RotatedSecret } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import { newMachineSecret } from '../crypto/machine-secret.ts';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { endClientSecrets, insertClientSecret } from '../sql/client-secrets.ts';
import { changeClient, lockClient } from '../sql/clients.ts';
import { noSuchClient } from './read-client.ts';
import { createOnce } from './shared/create-once.ts';

/**
 * Gives a client a new secret. The earlier ones go on for `overlapSeconds`, so that nothing stops while machines are told; 0 ends
 * them and the tokens they got at once. Administrators only; throws `not_found`.
 */
export async function rotateClientSecret(
  deps: Deps,
  actor: Actor,
  id: string,
  { overlapSeconds }: { overlapSeconds: number },
  idempotencyKey?: string,
): Promise<RotatedSecret> {
  authorise(actor, 'clients.manage');
  const rotated = await createOnce<RotatedSecret>(deps, {
    scope: `rotate-client-secret ${id} ${actor.id}`,
    key: idempotencyKey,
    request: { id, overlapSeconds },
    run: async (tx) => {
      const now = deps.clock.now();
      const client = await lockClient(tx, id);
      if (client === undefined) throw noSuchClient();
      const until = now.add({ seconds: overlapSeconds });
      await endClientSecrets(tx, id, until, now);
      const clientSecret = newMachineSecret('msc');
      await insertClientSecret(tx, { id: v7(), clientId: id, hash: hashToken(clientSecret), now });
      const { version } = await changeClient(tx, client, {}, now);
      const previousUntil = overlapSeconds === 0 ? null : until.toString({ fractionalSecondDigits: 3 });
      const told = { version, occurredAt: now.toString(), actor: toEventActor(actor), clientId: id, previousUntil };
      await insertOutbox(tx, [newEvent('auth.client-secret-rotated.v1', told, { subject: id })]);
      return { clientId: id, clientSecret, previousUntil };
    },
  });
  await deps.revocations.reload();
  return rotated;
}
