import type { EventOf, EventTable } from '@muster/dapr';
import type { Deps } from '../deps.ts';
import { applyPerson } from '../verbs/apply-person.ts';
import { noteEvent } from '../verbs/note-event.ts';

type PersonEvent = EventOf<
  | 'employee.employee-created.v1'
  | 'employee.employee-updated.v1'
  | 'employee.employee-deleted.v1'
  | 'employee.employee-restored.v1'
  | 'employee.profile-updated.v1'
>;

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
      '*': ({ id }) => noteEvent(deps, id),
    },
  };
}
