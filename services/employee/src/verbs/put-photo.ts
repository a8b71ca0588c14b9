import type { PhotoInfo } from '@muster/contracts/http/employee';
import type { Actor } from '@muster/identity';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { photoKey, photoKeys } from '../domain/photo-keys.ts';
import { findPerson } from '../sql/find-person.ts';
import { insertPhotoGarbage } from '../sql/photo-garbage.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';
import { mayChangePhoto } from './photos/may-change-photo.ts';
import { pointToPhoto } from './photos/point-to-photo.ts';

// Longer than any upload can take; what is older and unclaimed belongs to a request that died.
const uploadLimit = { minutes: 10 };

/**
 * Sets a person's photo. `read` yields the request's bytes; it is called only once there is room for them.
 * @throws AppError not_found, forbidden, body_too_large, unsupported_media_type, invalid_input, overloaded,
 *   unavailable (the object store is away: the old photo stays)
 */
export async function putPhoto(
  deps: Deps,
  actor: Actor,
  personId: string,
  read: () => Promise<Uint8Array>,
): Promise<PhotoInfo> {
  mayChangePhoto(actor, personId);
  if ((await findPerson(deps.sql, personId))?.state !== 'active') throw noSuchEmployee();
  return deps.workshop.admit(async () => {
    const { files, width, height } = await deps.workshop.process(await read());
    const photoVersion = v7();
    const deleteAfter = moment(deps.clock.now().add(uploadLimit));
    await insertPhotoGarbage(deps.sql, photoKeys(personId, photoVersion), deleteAfter);
    await Promise.all(
      files.map(({ side, bytes }) =>
        deps.photos.create({ key: photoKey(personId, photoVersion, side), bytes, contentType: 'image/jpeg' }),
      ),
    );
    await pointToPhoto(deps, actor, personId, photoVersion);
    return { employeeId: personId, photoVersion, width, height };
  });
}
