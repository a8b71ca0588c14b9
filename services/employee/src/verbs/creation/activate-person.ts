import type { EventActor } from '@muster/contracts';
import type { CreatedEmployee } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { type CreationKey, sealAnswer } from '../../domain/creation-key.ts';
import { fullView } from '../../domain/employee-view.ts';
import { moment } from '../../domain/moment.ts';
import { type Person, snapshotOf } from '../../domain/person.ts';
import { saveCreationAnswer } from '../../sql/creations.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { findLogin } from '../../sql/logins.ts';
import { savePerson } from '../../sql/save-person.ts';

/**
 * Second half of a creation: the person becomes visible, with its event. Undefined when it was taken back meanwhile (this
 * request took so long that the sweep believed it dead). The answer is kept, sealed, where the request had a key.
 */
export async function activatePerson(
  deps: Deps,
  actor: EventActor,
  opened: { id: string; invitationToken: string | undefined; creation: CreationKey | undefined },
): Promise<CreatedEmployee | undefined> {
  const { id, invitationToken, creation } = opened;
  const at = moment(deps.clock.now());
  return withTransaction(deps.sql, async (tx) => {
    const pending = await lockPerson(tx, id, { pending: true });
    if (pending?.state !== 'pending') return undefined;
    // A change of role may have arrived while the person was not there yet to take it.
    const login = await findLogin(tx, id);
    const person: Person = { ...pending, state: 'active', role: login?.role ?? pending.role, updatedAt: at };
    await savePerson(tx, person);
    await insertOutbox(tx, [
      newEvent('employee.employee-created.v1', {
        version: person.version,
        occurredAt: at,
        actor,
        employeeId: id,
        after: snapshotOf(person),
      }),
    ]);
    const answer = { ...fullView(person), ...(invitationToken !== undefined && { invitationToken }) };
    if (creation) await saveCreationAnswer(tx, id, sealAnswer(creation, answer));
    return answer;
  });
}
