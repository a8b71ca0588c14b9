import { type Tx, withIdempotency } from '@muster/db';
import { seal, unseal } from '../../crypto/seal.ts';
import type { Deps } from '../../deps.ts';

const purpose = 'muster created secret';

export interface Creation<T> {
  /** What is created, and by whom: keys of different scopes never meet. */
  scope: string;
  key: string | undefined;
  request: unknown;
  run: (tx: Tx) => Promise<T>;
}

/**
 * Runs a creation whose answer carries a secret, once per Idempotency-Key. A repeated request gets the same secret; what is kept
 * for it is sealed, so that the database alone never yields one. Throws `idempotency_mismatch`, `request_in_progress`.
 */
export async function createOnce<T extends object>(deps: Deps, o: Creation<T>): Promise<T> {
  const { keySecret } = deps.settings;
  const { body } = await withIdempotency({
    sql: deps.sql,
    scope: o.scope,
    key: o.key,
    request: o.request,
    run: async (tx) => {
      const made = seal(JSON.stringify(await o.run(tx)), keySecret, purpose);
      return { status: 201, body: { sealed: made.toString('base64') } };
    },
  });
  deps.relay.wake();
  const { sealed } = body as { sealed: string };
  return JSON.parse(unseal(Buffer.from(sealed, 'base64'), keySecret, purpose));
}
