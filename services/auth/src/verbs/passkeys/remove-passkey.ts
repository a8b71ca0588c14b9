import { AppError } from '@muster/contracts';
import { insertOutbox } from '@muster/db';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { countPasskeys, deletePasskey } from '../../sql/passkeys.ts';
import { passkeyRemoved } from '../shared/passkey-removed.ts';
import { withProof } from '../shared/with-proof.ts';

/**
 * Removes one of the person's passkeys. Throws `not_found`, `reauthentication_required` when the sign-in is not recent, and
 * `last_sign_in_way` where nothing else would open the account.
 */
export async function removePasskey(deps: Deps, actor: Actor, id: string): Promise<void> {
  await withProof(deps, actor, {}, async (tx, by) => {
    const { user } = by;
    const name = await deletePasskey(tx, { id, userId: user.id });
    if (name === undefined) throw new AppError('not_found', 'You have no such passkey.');
    if (user.invited && (await countPasskeys(tx, user.id)) === 0) {
      throw new AppError('last_sign_in_way', 'Nothing else would open your account: set a password first.');
    }
    await insertOutbox(tx, [passkeyRemoved(by, { id, name }, 'by-person')]);
  });
}
