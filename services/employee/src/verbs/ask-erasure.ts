import type { Erasure } from '@muster/contracts/http/privacy';
import { insertOutbox, newEvent, newId, withTransaction } from '@muster/db';
import { type Actor, authorise, can, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { describeErasure } from '../domain/stored-erasure.ts';
import { findErasure, requestErasure } from '../sql/erasures.ts';
import { findPerson } from '../sql/find-person.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';
import { beginErasure } from './privacy/begin-erasure.ts';

/**
 * Asks for the erasure of a person. For oneself it waits for an admin; an admin's word about somebody else is the decision.
 * Asking again changes nothing.
 * @throws AppError not_found, last_admin
 */
export async function askErasure(deps: Deps, actor: Actor, employeeId: string = actor.id): Promise<Erasure> {
  const scope = authorise(actor, 'privacy.ask-erasure');
  const personId = employeeId.toLowerCase();
  const isOther = personId !== actor.id;
  if (isOther && scope !== 'all') throw noSuchEmployee();
  const decides = isOther && can(actor, 'privacy.erase');
  const at = moment(deps.clock.now());
  const stored = await withTransaction(deps.sql, async (tx) => {
    const person = await findPerson(tx, personId);
    if (person === undefined) throw noSuchEmployee();
    const { isNew, ...asked } = await requestErasure(tx, { id: newId(), personId, requestedBy: actor.id, at });
    if (isNew && !decides) {
      const { version } = person;
      const event = { version, occurredAt: at, actor: toEventActor(actor), employeeId: personId };
      await insertOutbox(tx, [newEvent('employee.erasure-requested.v1', event)]);
    }
    if (!decides || asked.status !== 'requested') return asked;
    await beginErasure(tx, actor, asked, at);
    return (await findErasure(tx, asked.id)) ?? asked;
  });
  deps.relay.wake();
  return describeErasure(stored);
}
