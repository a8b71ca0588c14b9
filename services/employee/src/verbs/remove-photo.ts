import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mayChangePhoto } from './photos/may-change-photo.ts';
import { pointToPhoto } from './photos/point-to-photo.ts';

/**
 * Takes a person's photo away; its objects follow.
 * @throws AppError not_found (nobody, or no photo), forbidden, conflict (deleted person)
 */
export async function removePhoto(deps: Deps, actor: Actor, personId: string): Promise<void> {
  mayChangePhoto(actor, personId);
  await pointToPhoto(deps, actor, personId, null);
}
