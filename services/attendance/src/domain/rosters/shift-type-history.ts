import type { ShiftType } from '../days/index.ts';

/** A shift type as it is written down: all but its id, and the zone of its wall times (null: where the person works). */
export type ShiftDefinition = Omit<ShiftType, 'id'> & { zone: string | null };

/** One version: it counts for shifts that begin on `validFrom` or later, until the next. */
export interface ShiftTypeVersion {
  validFrom: string;
  definition: ShiftDefinition;
}

/** Every version of a shift type, oldest first. */
export interface ShiftTypeHistory {
  id: string;
  versions: readonly ShiftTypeVersion[];
}

/** What a shift type says on a date; undefined before its first version. */
export function definitionOn({ versions }: ShiftTypeHistory, date: string): ShiftDefinition | undefined {
  return versions.findLast(({ validFrom }) => validFrom <= date)?.definition;
}
