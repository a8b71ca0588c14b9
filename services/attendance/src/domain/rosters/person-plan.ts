/** A pattern that repeats: a cell a day from `anchor` on, each the ids of its shift types. An empty cell is off. */
export interface Cycle {
  /** Local date of the first cell. */
  anchor: string;
  pattern: readonly (readonly string[])[];
}

/** What a person works between two dates, both included. */
export interface Stretch {
  from: string;
  /** Null: until further notice. */
  to: string | null;
  /** IANA zone of wall times, where a shift type has none of its own. */
  zone: string;
  cycle: Cycle;
}

/** What is published of one date. */
export interface PlannedDay {
  /** Empty: a day off. Null: nothing, assignment or default count. */
  shiftTypeIds: readonly string[] | null;
  zone: string;
}

/** Everything that says when a person works. */
export interface PersonPlan {
  /** By local date. */
  days: ReadonlyMap<string, PlannedDay>;
  /** At most one on each date. */
  assignments: readonly Stretch[];
  /** At most one on each date. */
  defaults: readonly Stretch[];
}

/** Somebody nobody planned for. */
export const noPlan: PersonPlan = { days: new Map(), assignments: [], defaults: [] };
