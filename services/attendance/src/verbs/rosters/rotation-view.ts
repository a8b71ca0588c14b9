import { AppError } from '@muster/contracts';
import type { RotationView } from '@muster/contracts/http/attendance-rosters';
import type { StoredRotation } from '../../sql/rosters/rotations.ts';

export const noSuchRotation = (): AppError => new AppError('not_found', 'There is no such rotation.');

/** A rotation as clients see it. */
export function rotationView({ retiredAt, pattern, ...rotation }: StoredRotation): RotationView {
  return { ...rotation, pattern: pattern.map((day) => [...day]), retiredAt: retiredAt?.toISOString() ?? null };
}
