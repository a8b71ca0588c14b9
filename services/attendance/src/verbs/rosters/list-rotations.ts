import { type Page, toPage } from '@muster/contracts';
import type { RotationView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listRotations as selectRotations } from '../../sql/rosters/rotations.ts';
import { rotationView } from './rotation-view.ts';

/** Rotations by name. */
export async function listRotations(
  deps: Deps,
  actor: Actor,
  { page, limit }: { page: number; limit: number },
): Promise<Page<RotationView>> {
  authorise(actor, 'shifts.read');
  const { rotations, total } = await selectRotations(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(rotations.map(rotationView), total, { page, limit });
}
