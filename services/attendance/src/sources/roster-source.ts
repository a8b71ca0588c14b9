import { readPlannedShifts } from '../verbs/rosters/read-planned-shifts.ts';
import type { Source } from './source.ts';

/** Shifts: published rosters, assignments and rotations, default shifts. */
export const rosterSource: Source<'shifts'> = async (db, ranges) => {
  const found = await readPlannedShifts(db, ranges);
  return new Map(
    [...found].map(([employeeId, shifts]) => [
      employeeId,
      {
        // A day only asks whether somebody was told to come, or whether it is what they do when nobody says anything.
        shifts: shifts.map((one) => ({
          ...one,
          source: one.source === 'DEFAULT' ? 'DEFAULT' : ('ASSIGNMENT' as const),
        })),
      },
    ]),
  );
};
