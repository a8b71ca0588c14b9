import type { Passkey } from '@muster/contracts/http/auth-passkeys';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listPasskeys as selectPasskeys } from '../../sql/passkeys.ts';
import { toPasskey } from './to-passkey.ts';

/** The person's passkeys, oldest first. */
export async function listPasskeys({ sql }: Deps, actor: Actor): Promise<{ data: Passkey[] }> {
  return { data: (await selectPasskeys(sql, actor.id)).map(toPasskey) };
}
