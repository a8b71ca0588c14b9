import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { claimPhotoGarbage, deletePhotoGarbage } from '../sql/photo-garbage.ts';

const retryAfter = { minutes: 1 };
const batch = 100;

/** Deletes objects that no person points to. What the store refuses is tried again a minute later. Returns how many went. */
export async function sweepPhotos(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const keys = await claimPhotoGarbage(deps.sql, {
    now: moment(now),
    retryAt: moment(now.add(retryAfter)),
    limit: batch,
  });
  let deleted = 0;
  for (const key of keys) {
    try {
      await deps.photos.delete(key);
      await deletePhotoGarbage(deps.sql, key);
      deleted += 1;
    } catch (error) {
      deps.log.warn({ err: error, key }, 'a photo could not be deleted yet');
    }
  }
  return deleted;
}
