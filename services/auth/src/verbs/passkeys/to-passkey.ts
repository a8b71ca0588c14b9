import type { Passkey } from '@muster/contracts/http/auth-passkeys';
import type { PasskeyRow } from '../../sql/passkeys.ts';

/** The passkey as its person sees it. */
export const toPasskey = ({ id, name, synced, createdAt, lastUsedAt }: PasskeyRow): Passkey => ({
  id,
  name,
  synced,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
