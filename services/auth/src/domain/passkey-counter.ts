/**
 * True when an authenticator's count of signatures did not grow, so that there must be a copy of it. Those that do not
 * count say 0 for ever, as synced passkeys do.
 */
export const isCloned = (stored: number, presented: number): boolean =>
  (stored > 0 || presented > 0) && presented <= stored;
