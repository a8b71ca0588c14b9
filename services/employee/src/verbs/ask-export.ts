import type { PersonalExport } from '@muster/contracts/http/privacy';
import { insertOutbox, newEvent, newId, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { describeExport, exportLife } from '../domain/personal-export.ts';
import { findPreparing, insertExport } from '../sql/exports.ts';
import { findPerson } from '../sql/find-person.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';

/**
 * Asks for an archive of what Muster holds about a person: oneself, or anybody for admin and hr. It is made in the background;
 * asking again while it is being made changes nothing.
 * @throws AppError not_found (also for somebody one may not ask about)
 */
export async function askExport(deps: Deps, actor: Actor, employeeId: string = actor.id): Promise<PersonalExport> {
  const scope = authorise(actor, 'privacy.export');
  const personId = employeeId.toLowerCase();
  if (scope !== 'all' && personId !== actor.id) throw noSuchEmployee();
  const now = deps.clock.now();
  const stored = await withTransaction(deps.sql, async (tx) => {
    const person = await findPerson(tx, personId);
    if (person === undefined) throw noSuchEmployee();
    const requestedAt = moment(now);
    const expiresAt = moment(now.add(exportLife));
    const asked = { personId, requestedBy: actor.id };
    if (await insertExport(tx, { id: newId(), ...asked, requestedAt, expiresAt })) {
      const { version } = person;
      const event = { version, occurredAt: requestedAt, actor: toEventActor(actor), employeeId: personId };
      await insertOutbox(tx, [newEvent('employee.data-export-requested.v1', event)]);
    }
    return findPreparing(tx, personId, actor.id);
  });
  // It was made between two of our statements: the next one is made at the next request.
  if (stored === undefined) return askExport(deps, actor, employeeId);
  deps.relay.wake();
  return describeExport(stored, now);
}
