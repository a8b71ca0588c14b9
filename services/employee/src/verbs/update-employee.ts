import { matchVersion } from '@muster/contracts';
import type { FullEmployee, UpdateEmployeeBody } from '@muster/contracts/http/employee';
import { withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { fullView } from '../domain/employee-view.ts';
import { moment } from '../domain/moment.ts';
import { changePerson } from './people/change-person.ts';
import { lockActivePerson } from './people/lock-active-person.ts';
import { resolveChange } from './people/resolve-change.ts';
import { takenError } from './people/taken-error.ts';

/**
 * Changes a person's record. `ifMatch`: the version it was based on.
 * @throws AppError not_found, conflict (deleted), version_mismatch, work_id_taken, invalid_input
 */
export async function updateEmployee(
  deps: Deps,
  actor: Actor,
  id: string,
  change: UpdateEmployeeBody,
  ifMatch?: string,
): Promise<FullEmployee> {
  authorise(actor, 'employees.update');
  const by = { actor: toEventActor(actor), at: moment(deps.clock.now()) };
  try {
    const person = await withTransaction(deps.sql, async (tx) => {
      const before = await lockActivePerson(tx, id);
      matchVersion(ifMatch, before.version);
      const resolved = await resolveChange(tx, before, change, by);
      return changePerson(tx, 'employee.employee-updated.v1', before, resolved, by);
    });
    deps.relay.wake();
    return fullView(person);
  } catch (error) {
    throw takenError(error);
  }
}
