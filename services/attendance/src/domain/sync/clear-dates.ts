import type { EffectivePunch, Fact } from '../days/facts.ts';
import { isDoor } from '../days/order-punches.ts';
import type { StayRules } from './stays-of.ts';

/** Where facts begin to count, so that history before it decides nothing. */
export interface StartAt {
  /** A midnight, Unix milliseconds: of a local date on which a session began, or after one from which somebody {@link wentHome}. */
  fromMs: number;
  /** The check-out that ended the session before, which may lie on this date. */
  withoutId: string | null;
}

/** Where facts stop to count: at a check-in with which the first session of a later local date began. */
export interface EndAt {
  inId: string;
  /** Unix milliseconds. */
  inAtMs: number;
  date: string;
  /** Its midnight, Unix milliseconds. */
  fromMs: number;
}

/** The part of a person's history that is read; without them, from their first fact and to their last. */
export interface Reach {
  start?: StartAt | undefined;
  /** One that {@link beginsAnew}: the stay before it is over, whether or not anybody checked out. */
  end?: EndAt | undefined;
}

/** The last session before what changed. */
export interface SessionBefore {
  outId: string | null;
  outAtMs: number | null;
  auto: boolean;
}

/**
 * Whether somebody left for good before a midnight, so that the session is over whatever comes later. An automatic check-out gives way to a
 * late one, and so does any to a correction: whoever has one is `corrected`.
 */
export const wentHome = ({ outId, outAtMs, auto }: SessionBefore, midnightMs: number, corrected: boolean): boolean =>
  !corrected && !auto && outId !== null && outAtMs !== null && outAtMs < midnightMs;

/** Whether a date can be a start. Of several door punches at its first instant, who was inside before it decides which comes first. */
export function beginsWithOne(punches: readonly EffectivePunch[]): boolean {
  let firstMs = Number.POSITIVE_INFINITY;
  for (const punch of punches) if (isDoor(punch)) firstMs = Math.min(firstMs, punch.atMs);
  return punches.filter(({ atMs }) => atMs === firstMs).length <= 1;
}

/**
 * Whether a check-in can be an end: whatever was before it, it begins a stay. `facts` reach to its instant. Where types are believed, it
 * only must not repeat another; where they are not, it has to be the first of its date. A correction may move a punch from far away, so
 * that nobody who has one is cut off.
 */
export function beginsAnew(
  facts: readonly Fact[],
  { inId, inAtMs, date, fromMs }: EndAt,
  { rulesOn }: Pick<StayRules, 'rulesOn'>,
): boolean {
  const { punches, repeatMinutes } = rulesOn(date);
  const beyondMs = punches === 'BY_TYPE' ? inAtMs - repeatMinutes * 60_000 : fromMs;
  return facts.every(
    (fact) => fact.kind === 'punch' && (fact.atMs < beyondMs || (fact.id === inId && fact.type === 'IN')),
  );
}
