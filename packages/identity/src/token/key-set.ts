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

/**
 * Public keys by kid, fetched on demand. An unknown kid fetches again, at most every 5 s and once for all who wait. The kid
 * is only ever looked up in this map. Resolves to undefined for a kid nobody has; throws `unavailable` while auth is away.
 */
export function createKeySet(
  fetch: () => Promise<unknown[]>,
  clock: Clock,
): (kid: string) => Promise<CryptoKey | undefined> {
  let keys = new Map<string, CryptoKey>();
  let triedAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let fetching: Promise<void> | undefined;

  const refresh = async (): Promise<void> => {
    triedAt = clock.now().epochMilliseconds;
    try {
      keys = await importKeys(await fetch());
      failed = false;
    } catch {
      failed = true;
    } finally {
      fetching = undefined;
    }
  };

  return async (kid) => {
    const known = keys.get(kid);
    if (known) return known;
    if (!fetching && clock.now().epochMilliseconds - triedAt >= refetchMs) fetching = refresh();
    await fetching;
    const key = keys.get(kid);
    if (!key && failed) {
      throw new AppError('unavailable', 'Tokens cannot be checked right now.', { headers: { 'Retry-After': '2' } });
    }
    return key;
  };
}
