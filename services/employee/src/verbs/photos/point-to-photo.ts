import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { photoKeys } from '../../domain/photo-keys.ts';
import { insertPhotoGarbage, keepPhotoObjects } from '../../sql/photo-garbage.ts';
import { savePerson } from '../../sql/save-person.ts';
import { lockActivePerson } from '../people/lock-active-person.ts';

// Whoever has just read the old version still fetches its object.
const readersGrace = { seconds: 30 };

/**
 * Makes the person point to the uploaded photo (or to none), and gives the old objects to the sweep, in one transaction
 * with the event.
 * @throws AppError not_found (nothing to remove), conflict, unavailable (the upload took so long that it was swept)
 */
export async function pointToPhoto(
  deps: Deps,
  actor: Actor,
  personId: string,
  photoVersion: string | null,
): Promise<void> {
  const now = deps.clock.now();
  const at = moment(now);
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockActivePerson(tx, personId);
    if (photoVersion === null && before.photoVersion === null) throw new AppError('not_found', 'There is no photo.');
    if (photoVersion !== null && !(await keepPhotoObjects(tx, photoKeys(personId, photoVersion)))) {
      throw new AppError('unavailable', 'Storing the photo took too long. Try again.');
    }
    if (before.photoVersion !== null) {
      await insertPhotoGarbage(tx, photoKeys(personId, before.photoVersion), moment(now.add(readersGrace)));
    }
    const version = before.version + 1;
    await savePerson(tx, { ...before, photoVersion, version, updatedAt: at });
    const base = { version, occurredAt: at, actor: toEventActor(actor), employeeId: personId };
    await insertOutbox(tx, [
      photoVersion === null
        ? newEvent('employee.photo-removed.v1', base)
        : newEvent('employee.photo-updated.v1', { ...base, photoVersion }),
    ]);
  });
  deps.relay.wake();
}
