import type { CachedMark, MarkStatus } from '@muster/contracts/http/attendance';
import { isoInstant } from '../instant.ts';
import type { MarkKey } from './cache-key.ts';

/** What counts for a student's day in a class. */
export interface Mark extends MarkKey {
  status: MarkStatus;
  /** Unix milliseconds; of two marks of one day the later has more. */
  markedAtMs: number;
  version: number;
}

/** A mark as clients and Redis see it. */
export const describeMark = ({ status, markedAtMs }: Pick<Mark, 'status' | 'markedAtMs'>): CachedMark => ({
  status,
  timestamp: isoInstant(markedAtMs),
});

/**
 * Whether what Redis holds is this very mark. A put may come late or be lost, and Redis may come back with what it knew days
 * ago: only what is the mark of now counts as cached.
 */
export function isCurrent(cached: unknown, mark: Pick<Mark, 'status' | 'markedAtMs'>): boolean {
  if (typeof cached !== 'object' || cached === null) return false;
  const { status, timestamp } = cached as Partial<CachedMark>;
  const current = describeMark(mark);
  return status === current.status && timestamp === current.timestamp;
}
