/** A clock that stands still until it is told to move. */
export interface FakeClock {
  now(): Temporal.Instant;
  /** Moves on by a duration, for instance `{ hours: 8 }` or `'PT15M'`. */
  advance(by: Temporal.DurationLike | string): void;
  /** Jumps to an instant, forward or back. */
  set(iso: string): void;
}

/** Makes a clock standing at `startIso`, for instance `2026-03-02T08:00:00Z`. */
export function fakeClock(startIso: string): FakeClock {
  let now = Temporal.Instant.from(startIso);
  return {
    now: () => now,
    advance(by) {
      now = now.add(by);
    },
    set(iso) {
      now = Temporal.Instant.from(iso);
    },
  };
}
