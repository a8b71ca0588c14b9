import { AppError } from '@muster/contracts';
import type { ShiftTypeView } from '@muster/contracts/http/attendance-shifts';
import { isUniqueViolation } from '@muster/db';
import { alwaysBefore } from '../../domain/rosters/change-shift-type.ts';
import type { ShiftDefinition } from '../../domain/rosters/shift-type-history.ts';
import type { StoredShiftType } from '../../sql/rosters/shift-types.ts';

export const noSuchShiftType = (): AppError => new AppError('not_found', 'There is no such shift type.');

/** The refusal of a name in words; any other error as it is. */
export const shiftNameTaken = (error: unknown): unknown =>
  isUniqueViolation(error, 'shift_types_name')
    ? new AppError('name_taken', 'There is a shift type of this name already.')
    : error;

/** What a shift type says in the end. */
export function latestOf({ versions }: Pick<StoredShiftType, 'versions'>): ShiftDefinition {
  const latest = versions.at(-1);
  if (!latest) throw new Error('a shift type without a version');
  return latest.definition;
}

/** A shift type as clients see it. */
export function shiftTypeView(type: StoredShiftType): ShiftTypeView {
  return {
    id: type.id,
    ...latestOf(type),
    version: type.version,
    retiredAt: type.retiredAt?.toISOString() ?? null,
    versions: type.versions.map(({ validFrom, definition }) => ({ validFrom, ...definition })),
  };
}

/** What events carry of it: from when on it counts, and the times. */
export function shiftTypeAfter(type: StoredShiftType, validFrom: string = alwaysBefore) {
  const { name, start, end, zone } = latestOf(type);
  return { shiftTypeId: type.id, validFrom, after: { name, start, end, zone } };
}
