import { AppError } from '@muster/contracts';
import type { Passkey } from '@muster/contracts/http/auth-passkeys';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { renamePasskey as updateName } from '../../sql/passkeys.ts';
import { toPasskey } from './to-passkey.ts';

/** Gives one of the person's passkeys another name. Throws `not_found`. */
export async function renamePasskey(deps: Deps, actor: Actor, id: string, name: string): Promise<Passkey> {
  const row = await updateName(deps.sql, { id, userId: actor.id, name });
  if (row === undefined) throw new AppError('not_found', 'You have no such passkey.');
  return toPasskey(row);
}
