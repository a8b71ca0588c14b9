import { AppError } from '@muster/contracts';
import type { Clock } from '@muster/service-kit';
import { z } from 'zod';

const publicKey = z.object({
  kid: z.string().min(1).max(128),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});
export const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

export type Jwk = z.infer<typeof publicKey>;

const refetchMs = 5000;

/** Imports the usable keys; one of another kind (a rotation ahead of us) is passed over, not fatal. */
async function importKeys(list: unknown[]): Promise<Map<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>();
  for (const entry of list) {
    const parsed = publicKey.safeParse(entry);
    if (!parsed.success) continue;
    const { kid, ...jwk } = parsed.data;
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('jwk', jwk, curve, false, ['verify']).catch(() => undefined);
    if (key) keys.set(kid, key);
  }
  return keys;
}

export interface KeySet {
  /** Undefined for a kid nobody has; throws `unavailable` while auth is away. */
  find(kid: string): Promise<CryptoKey | undefined>;
  /** Whether the key is still among auth's, as far as was heard. */
  has(kid: string): boolean;
  /** Fetches the keys again. While auth is away the known ones stand. Never throws. */
  reload(): Promise<void>;
}

/**
 * Public keys by kid. Reload them regularly: a new key is then known before it signs, one that was withdrawn is forgotten.
 * An unknown kid fetches again as well, at most every 5 s for everybody together and once for all who wait: a flood of
 * invented kids never reaches auth. The kid is only ever looked up in this map.
 */
export function createKeySet(fetch: () => Promise<unknown[]>, clock: Clock): KeySet {
  let keys = new Map<string, CryptoKey>();
  let demandedAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let fetching: Promise<void> | undefined;

  const refresh = async (): Promise<void> => {
    try {
      keys = await importKeys(await fetch());
      failed = false;
    } catch {
      failed = true;
    } finally {
      fetching = undefined;
    }
  };
  const reload = (): Promise<void> => {
    fetching ??= refresh();
    return fetching;
  };

  return {
    async find(kid) {
      const known = keys.get(kid);
      if (known) return known;
      const now = clock.now().epochMilliseconds;
      if (now - demandedAt >= refetchMs) {
        demandedAt = now;
        reload();
      }
      await fetching;
      const key = keys.get(kid);
      if (!key && failed) {
        throw new AppError('unavailable', 'Tokens cannot be checked right now.', { headers: { 'Retry-After': '2' } });
      }
      return key;
    },
    has: (kid) => keys.has(kid),
    reload,
  };
}
