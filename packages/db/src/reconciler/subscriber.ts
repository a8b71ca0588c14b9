import type { UnconfirmedRow } from './find-unconfirmed.ts';

/** What the reconciler remembers of one subscriber between its passes. */
export interface Subscriber {
  /** Publishing time of the latest event known to have arrived there, in ms. */
  arrivedUpTo: number;
  /** When that last moved, on the process's monotonic clock in ms. */
  movedAt: number;
}

export const newSubscriber = (): Subscriber => ({
  arrivedUpTo: Number.NEGATIVE_INFINITY,
  movedAt: Number.NEGATIVE_INFINITY,
});

// The transport keeps its order roughly: what is this much older than something that arrived was overtaken, or is lost.
const overtakenMs = 2_000;

/**
 * Which of the missing events are lost rather than still queued: those overtaken by later ones, and all of them when
 * nothing has arrived for `patienceMs`. A slow consumer would only get slower if its backlog were sent twice.
 */
export function lostOf(
  subscriber: Subscriber,
  rows: readonly UnconfirmedRow[],
  missing: ReadonlySet<string>,
  now: number,
  patienceMs: number,
): Set<string> {
  for (const { id, publishedAt } of rows) {
    if (missing.has(id) || publishedAt.getTime() <= subscriber.arrivedUpTo) continue;
    subscriber.arrivedUpTo = publishedAt.getTime();
    subscriber.movedAt = now;
  }
  const stalled = now - subscriber.movedAt > patienceMs;
  const overtaken = ({ publishedAt }: UnconfirmedRow) => publishedAt.getTime() < subscriber.arrivedUpTo - overtakenMs;
  return new Set(rows.filter((row) => missing.has(row.id) && (stalled || overtaken(row))).map(({ id }) => id));
}
