import { withTransaction } from '@muster/db';
import { newKeyPair, openSigningKey, type SigningKey } from '../crypto/key-pair.ts';
import type { Deps } from '../deps.ts';
import { signingKeyAt } from '../domain/key-plan.ts';
import { insertSigningKey, type KeyRow, listSigningKeys, lockSigningKeys, noteTokenLife } from '../sql/signing-keys.ts';

export interface KeyRing {
  /** The key that signs now; made when there is none. Throws when AUTH_KEY_SECRET is not the one it was sealed with. */
  signing(): Promise<SigningKey>;
}

/** Far less than a new key is published ahead (a minute at least): no process misses the moment it begins to sign. */
const rereadMs = 20_000;

/**
 * The signing keys as this process knows them. Which one signs, the clock says; what keys there are is read again with the
 * first signature after 20 s, so a process that was asleep cannot sign by a key that has long retired.
 */
export function createKeyRing(deps: Pick<Deps, 'sql' | 'clock' | 'settings'>): KeyRing {
  const { sql, clock, settings } = deps;
  let keys: KeyRow[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const opened = new Map<string, SigningKey>();

  const read = async (): Promise<void> => {
    const now = clock.now();
    let found = await listSigningKeys(sql, now);
    if (signingKeyAt(found, now) === undefined) found = await makeFirst(deps, now);
    // Before the first signature of that life: verifying and revoking go by it.
    const life = settings.accessTokenSeconds;
    if (found.some(({ longestTokenSeconds }) => longestTokenSeconds < life)) await noteTokenLife(sql, life);
    keys = found;
    readAt = now.epochMilliseconds;
  };
  const readOnce = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const open = (key: KeyRow): SigningKey => {
    const signing = opened.get(key.kid) ?? openSigningKey(key, settings.keySecret);
    opened.set(key.kid, signing);
    return signing;
  };

  return {
    async signing() {
      if (clock.now().epochMilliseconds - readAt >= rereadMs) await readOnce();
      const key = signingKeyAt(keys, clock.now());
      if (key === undefined) throw new Error('there is no signing key');
      return open(key);
    },
  };
}

/** Processes that start at once agree on one. */
function makeFirst({ sql, settings }: Pick<Deps, 'sql' | 'settings'>, now: Temporal.Instant): Promise<KeyRow[]> {
  return withTransaction(sql, async (tx) => {
    await lockSigningKeys(tx);
    const found = await listSigningKeys(tx, now);
    if (signingKeyAt(found, now) !== undefined) return found;
    const longestTokenSeconds = settings.accessTokenSeconds;
    await insertSigningKey(tx, newKeyPair(settings.keySecret), { now, signsFrom: now, longestTokenSeconds });
    return listSigningKeys(tx, now);
  });
}
