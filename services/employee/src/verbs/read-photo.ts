import { AppError, matchesTag } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { seesPrivate } from '../domain/employee-view.ts';
import { type PhotoSide, photoKey } from '../domain/photo-keys.ts';
import { findPerson } from '../sql/find-person.ts';
import { viewerOf } from './people/viewer-of.ts';

/** `bytes` is undefined when the caller has this very picture already. */
export interface ReadPhoto {
  tag: string;
  bytes: Uint8Array | undefined;
}

/**
 * A person's photo as JPEG. `ifNoneMatch`: the tags the caller holds; then the object store is not even asked.
 * @throws AppError not_found (nobody, no photo, or not to be seen), unavailable
 */
export async function readPhoto(
  deps: Deps,
  actor: Actor,
  wanted: { personId: string; side: PhotoSide; ifNoneMatch?: string | undefined },
): Promise<ReadPhoto> {
  const { personId, side, ifNoneMatch } = wanted;
  authorise(actor, actor.id === personId ? 'profile.own' : 'employees.read');
  // A second look when the object is gone: the photo may have been replaced between the two reads.
  for (let look = 1; look <= 2; look++) {
    const person = await findPerson(deps.sql, personId);
    const hidden = person?.state === 'deleted' && !seesPrivate(await viewerOf(deps, actor, [personId]), person);
    if (!person?.photoVersion || hidden) break;
    const tag = `${person.photoVersion}-${side}`;
    if (ifNoneMatch !== undefined && matchesTag(ifNoneMatch, tag)) return { tag, bytes: undefined };
    const bytes = await deps.photos.get(photoKey(personId, person.photoVersion, side));
    if (bytes !== undefined) return { tag, bytes };
  }
  throw new AppError('not_found', 'There is no photo.');
}
