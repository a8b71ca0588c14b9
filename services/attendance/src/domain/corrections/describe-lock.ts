import type { MonthLock } from '@muster/contracts/http/attendance-months';
import { isoInstant } from '../instant.ts';

/** A lock as it is stored. Instants are Unix milliseconds. */
export interface StoredLock {
  id: string;
  siteId: string;
  /** `YYYY-MM`. */
  month: string;
  lockedAtMs: number;
  lockedBy: string;
  forced: boolean;
  people: number;
  unlockedAtMs: number | null;
  unlockedBy: string | null;
  unlockReason: string | null;
}

/** A lock as clients see it. */
export const describeLock = (lock: StoredLock): MonthLock => ({
  id: lock.id,
  siteId: lock.siteId,
  month: lock.month,
  lockedAt: isoInstant(lock.lockedAtMs),
  lockedBy: lock.lockedBy,
  forced: lock.forced,
  people: lock.people,
  unlockedAt: lock.unlockedAtMs === null ? null : isoInstant(lock.unlockedAtMs),
  unlockedBy: lock.unlockedBy,
  unlockReason: lock.unlockReason,
});
