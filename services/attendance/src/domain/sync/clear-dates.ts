import type { EffectivePunch, Fact } from '../days/facts.ts';
import { isDoor } from '../days/order-punches.ts';

/** Where facts begin to count: a local date on which a session began, so that history before it decides nothing. */
export interface StartAt {
  /** Its midnight, Unix milliseconds. */
  fromMs: number;
  /** The check-out that ended the session before, which may lie on this date. */
  withoutId: string | null;
}

/** Where facts stop to count: a later local date on which a session began. */
export interface EndAt {
  /** Its midnight, Unix milliseconds. */
  fromMs: number;
  /** The check-in of its first session, and its instant in Unix milliseconds. */
  inId: string;
  inAtMs: number;
}

/** The part of a person's history that is read; without them, from their first fact and to their last. */
export interface Reach {
  start?: StartAt | undefined;
  /** One that {@link beginsAnew}: the stay before it is over, whether or not anybody checked out. */
  end?: EndAt | undefined;
}

/** Whether a date can be a start. Of several door punches at its first instant, who was inside before it decides which comes first. */
export function beginsWithOne(punches: readonly EffectivePunch[]): boolean {
  let firstMs = Number.POSITIVE_INFINITY;
  for (const punch of punches) if (isDoor(punch)) firstMs = Math.min(firstMs, punch.atMs);
  return punches.filter(({ atMs }) => atMs === firstMs).length <= 1;
}

/**
 * Whether a date can be an end: whatever was before it, its first punch begins a stay. `facts` reach to that punch's instant. A correction
 * may move a punch from far away, so that nobody who has one is cut off.
 */
export const beginsAnew = (facts: readonly Fact[], { fromMs, inId }: EndAt): boolean =>
  facts.every((fact) => fact.kind === 'punch' && (fact.atMs < fromMs || (fact.id === inId && fact.type === 'IN')));
