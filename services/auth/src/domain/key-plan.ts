/** How signing keys follow one another. */
export interface KeyRotation {
  /** Age at which the newest key gets a successor. */
  everySeconds: number;
  /** How long a new key is published before it signs: every verifier has heard of it by then. */
  aheadSeconds: number;
}

/** When a key signs and until when tokens of it are good. */
export interface KeyTimes {
  createdAt: Temporal.Instant;
  signsFrom: Temporal.Instant;
  /** Null until a successor is there. */
  expiresAt: Temporal.Instant | null;
}

export type KeyState = 'announced' | 'signing' | 'retired';

/** Beyond the last token's end: clocks differ. */
export const RETIRED_KEY_MARGIN_SECONDS = 60;

const { compare } = Temporal.Instant;

/** The key made last; what comes next follows from it. */
export const newestKey = <K extends KeyTimes>(keys: readonly K[]): K | undefined =>
  keys.reduce<K | undefined>(
    (last, key) => (last && compare(last.signsFrom, key.signsFrom) >= 0 ? last : key),
    undefined,
  );

/** The key that signs at `now`: of those whose time has come the newest. The clock decides, so all processes agree. */
export const signingKeyAt = <K extends KeyTimes>(keys: readonly K[], now: Temporal.Instant): K | undefined =>
  newestKey(
    keys.filter(
      ({ signsFrom, expiresAt }) => compare(signsFrom, now) <= 0 && (!expiresAt || compare(expiresAt, now) > 0),
    ),
  );

/** What a key is at `now`, beside the others. */
export function keyState<K extends KeyTimes>(key: K, keys: readonly K[], now: Temporal.Instant): KeyState {
  if (compare(key.signsFrom, now) > 0) return 'announced';
  return key === signingKeyAt(keys, now) ? 'signing' : 'retired';
}

/** When the newest key is to get a successor. */
export const rotationDue = (newest: KeyTimes, { everySeconds }: KeyRotation): Temporal.Instant =>
  newest.createdAt.add({ seconds: everySeconds });
