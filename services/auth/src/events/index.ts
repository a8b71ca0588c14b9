import type { PersonEventType } from '@muster/contracts';
import type { EventOf, EventTable } from '@muster/dapr';
import type { Deps } from '../deps.ts';
import { applyPerson } from '../verbs/apply-person.ts';

type PersonEvent = EventOf<PersonEventType>;

/** What auth does with the events of others: accounts follow their people. */
export function eventTable(deps: Deps): EventTable {
  const person = ({ id, data }: PersonEvent) => applyPerson(deps, { ...data, id });
  return {
    employee: {
      'employee.employee-created.v1': person,
      'employee.employee-updated.v1': person,
      'employee.employee-deleted.v1': person,
      'employee.employee-restored.v1': person,
      'employee.profile-updated.v1': person,
    },
  };
}
