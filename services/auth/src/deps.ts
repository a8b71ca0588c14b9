import type { Role } from '@muster/contracts';
import type { Sql } from '@muster/db';
import type { Clock, Log } from '@muster/service-kit';
import type { Hasher } from './crypto/hasher.ts';
import type { RelyingParty } from './crypto/passkeys.ts';
import type { KeyRotation } from './domain/key-plan.ts';
import type { SessionLife } from './domain/session-life.ts';
import type { AttemptLimiter } from './limits/attempt-limiter.ts';
import type { PlaceOf } from './network-names.ts';
import type { KeyRing } from './verbs/key-ring.ts';

/** What the verbs may decide by. */
export interface Settings {
  issuer: string;
  audience: string;
  accessTokenSeconds: number;
  sessionLife: SessionLife;
  keyRotation: KeyRotation;
  selfRegistration: boolean;
  keySecret: string;
  /** Names the network of an address, for lists of sessions. */
  placeOf: PlaceOf;
  relyingParty: RelyingParty;
  /** Whoever has one of these must sign in by an authenticator app. */
  rolesWithTotp: readonly Role[];
  /** Multiplies the limits that many people share. */
  limitsScale: number;
  /** Where people reach Muster, without a slash at the end: links in mails begin with it. */
  publicUrl: string;
}

/** Everything a verb needs from outside. Built by main.ts, or by a test with parts of its own. */
export interface Deps {
  sql: Sql;
  clock: Clock;
  log: Log;
  settings: Settings;
  hasher: Hasher;
  limiter: AttemptLimiter;
  keys: KeyRing;
  /** Whether employee has the site, asked with the caller's own `Authorization` header. Throws `unavailable`. */
  sites: { exists(siteId: string, authorization: string): Promise<boolean> };
  /** Told after every commit that wrote events. */
  relay: { wake(): void };
  /** Makes this process refuse what was just revoked, without waiting for the poll. Never throws. */
  revocations: { reload(): Promise<void> };
}
