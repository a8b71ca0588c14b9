import type { Sql } from '@muster/db';
import type { Clock, Log } from '@muster/service-kit';

import type { Hasher } from './crypto/hasher.ts';
import type { SigningKey } from './crypto/key-pair.ts';
import type { SignInLimiter } from './limits/sign-in-limiter.ts';

/** What the verbs may decide by. */
export interface Settings {
  issuer: string;
  audience: string;
  accessTokenSeconds: number;
  selfRegistration: boolean;
  keySecret: string;
}

/** Everything a verb needs from outside. Built by main.ts, or by a test with parts of its own. */
export interface Deps {
  sql: Sql;
  clock: Clock;
  log: Log;
  settings: Settings;
  hasher: Hasher;
  limiter: SignInLimiter;
  signingKey: SigningKey;
  /** Told after every commit that wrote events. */
  relay: { wake(): void };
  /** Makes this process refuse what was just revoked, without waiting for the poll. Never throws. */
  revocations: { reload(): Promise<void> };
}
