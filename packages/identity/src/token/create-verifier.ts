import { hash } from 'node:crypto';
import { AppError } from '@muster/contracts';
import { type Clock, systemClock } from '@muster/service-kit';
import { verify as verifyJwt } from 'hono/jwt';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../actor.ts';
import { actorOf } from './actor-of.ts';
import { type AccessClaims, accessClaims, algorithm, tokenType } from './claims.ts';
import { createKeySet } from './key-set.ts';
import { readHeader } from './read-header.ts';
import { createRevocations, type RevocationList } from './revocations.ts';

const maxTokenLength = 4096;
/** Clocks of one cluster agree better than this; more would only lengthen the life of a stolen token. */
const skewS = 5;

export interface VerifierOptions {
  issuer: string;
  audience: string;
  /** auth's public keys. Called on demand. */
  jwks: () => Promise<unknown[]>;
  clock?: Clock;
  /** How many verified tokens are remembered (default 50,000). */
  cacheSize?: number;
}

export interface Verifier {
  /** The token's actor. Throws AppError `unauthenticated` for any token that is not good, `unavailable` when keys cannot be had. */
  verify(token: string): Promise<Actor>;
  /** Replaces the list of what was revoked; counts from the next request on, for remembered tokens too. */
  revoke(list: RevocationList): void;
  /** Fetches auth's keys again; do it regularly. Remembered tokens of a key that is gone end with it. Never throws. */
  reloadKeys(): Promise<void>;
}

interface Known {
  kid: string;
  actor: Actor;
  claims: AccessClaims;
}

const refuse = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'The access token is missing, expired or not valid.', {
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    cause,
  });

/** Verifies access tokens (ES256 only, whatever their header says) and remembers them by hash until they expire. */
export function createVerifier(o: VerifierOptions): Verifier {
  const clock = o.clock ?? systemClock;
  const keys = createKeySet(o.jwks, clock);
  const revocations = createRevocations();
  const known = new LRUCache<string, Known>({ max: o.cacheSize ?? 50_000 });
  // The same token arriving many times at once is verified once. Apart from `known`, so that garbage pushes nobody out.
  const checking = new Map<string, Promise<Known>>();

  const check = async (token: string): Promise<Known> => {
    if (token.length > maxTokenLength) throw refuse();
    try {
      const { kid } = readHeader(token);
      const key = await keys.find(kid);
      if (!key) throw refuse();
      // Times are checked on every use below, by our clock and with its skew.
      const options = {
        alg: algorithm,
        iss: o.issuer,
        aud: o.audience,
        typ: tokenType,
        exp: false,
        nbf: false,
        iat: false,
      } as const;
      const claims = accessClaims.parse(await verifyJwt(token, key, options));
      return { kid, claims, actor: actorOf(claims) };
    } catch (error) {
      throw error instanceof AppError ? error : refuse(error);
    }
  };

  const checkOnce = (id: string, token: string): Promise<Known> => {
    const running = checking.get(id);
    if (running) return running;
    const started = check(token)
      .then((found) => {
        known.set(id, found);
        return found;
      })
      .finally(() => checking.delete(id));
    checking.set(id, started);
    return started;
  };

  return {
    async verify(token) {
      const id = hash('sha256', token, 'base64');
      const remembered = known.get(id);
      const { actor, claims } = remembered && keys.has(remembered.kid) ? remembered : await checkOnce(id, token);
      const now = clock.now().epochMilliseconds / 1000;
      if (now >= claims.exp + skewS) {
        known.delete(id);
        throw refuse();
      }
      const notBefore = Math.max(claims.iat, claims.nbf ?? claims.iat);
      if (notBefore > now + skewS || revocations.has(claims)) throw refuse();
      return actor;
    },
    revoke: (list) => revocations.replace(list),
    reloadKeys: keys.reload,
  };
}
