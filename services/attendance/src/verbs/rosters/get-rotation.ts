import type { RotationView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findRotation } from '../../sql/rosters/rotations.ts';
import { noSuchRotation, rotationView } from './rotation-view.ts';

/**
 * One rotation, retired or not.
 * @throws AppError not_found
 */
export async function getRotation(deps: Deps, actor: Actor, id: string): Promise<RotationView> {
  authorise(actor, 'shifts.read');
  const rotation = await findRotation(deps.sql, id);
  if (!rotation) throw noSuchRotation();
  return rotationView(rotation);
}
