import { AppError, type EventActor, type Role } from '@muster/contracts';
import type { CreateEmployeeBody } from '@muster/contracts/http/employee';
import { insertOutbox, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import type { CreationKey } from '../../domain/creation-key.ts';
import { moment } from '../../domain/moment.ts';
import type { Person } from '../../domain/person.ts';
import { insertPerson } from '../../sql/insert-person.ts';
import { lockPersonByEmail } from '../../sql/lock-person-by-email.ts';
import { resolvePlace } from '../people/resolve-place.ts';
import { takenError } from '../people/taken-error.ts';

type Wanted = CreateEmployeeBody & { id: string; role: Role };

/**
 * First half of a creation: the person as `pending`, which reserves e-mail and work id.
 * @throws AppError email_taken, work_id_taken, invalid_input, request_in_progress
 */
export async function beginCreation(
  deps: Deps,
  actor: EventActor,
  wanted: Wanted,
  creation: CreationKey | undefined,
): Promise<void> {
  const at = moment(deps.clock.now());
  try {
    await withTransaction(deps.sql, async (tx) => {
      await refuseTwin(await lockPersonByEmail(tx, wanted.email));
      const { events, ...place } = await resolvePlace(tx, { ...wanted, actor, at, defaultSiteId: deps.defaultSite.id });
      await insertPerson(tx, pendingPerson(wanted, place, at), creation);
      await insertOutbox(tx, events);
    });
  } catch (error) {
    throw takenError(error);
  }
}

function refuseTwin(twin: Person | undefined): void {
  if (twin === undefined) return;
  if (twin.state !== 'pending') throw new AppError('email_taken', 'Somebody with this e-mail address exists already.');
  const detail = 'Somebody with this e-mail address is being created just now.';
  throw new AppError('request_in_progress', detail, { headers: { 'Retry-After': '2' } });
}

type Place = Pick<Person, 'siteId' | 'departmentId' | 'department' | 'managerId'>;

function pendingPerson(wanted: Wanted, place: Place, at: string): Person {
  return {
    id: wanted.id,
    version: 1,
    state: 'pending',
    email: wanted.email,
    name: wanted.name,
    role: wanted.role,
    position: wanted.position,
    phone: wanted.phone ?? null,
    workId: wanted.workId ?? null,
    ...place,
    hiredOn: wanted.hiredOn ?? null,
    photoVersion: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
