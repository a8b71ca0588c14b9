import type { EventEnvelope, PersonSnapshot } from '@muster/contracts';

/** Who manages a person as of that person's version. */
export interface ManagerChange {
  employeeId: string;
  managerId: string | null;
  version: number;
}

// Named one by one: their schemas were checked, those of types we do not know were not.
const tellsOfPerson = new Set([
  'employee.employee-created.v1',
  'employee.employee-updated.v1',
  'employee.employee-deleted.v1',
  'employee.employee-restored.v1',
  'employee.profile-updated.v1',
]);

/** Folds events of any number and order into one change a person: the highest version wins. */
export function foldManagers(events: readonly EventEnvelope[]): ManagerChange[] {
  const changes = new Map<string, ManagerChange>();
  for (const { type, data } of events) {
    if (!tellsOfPerson.has(type)) continue;
    const { employeeId, version, after } = data as { employeeId: string; version: number; after: PersonSnapshot };
    const known = changes.get(employeeId);
    if (known === undefined || version > known.version)
      changes.set(employeeId, { employeeId, managerId: after.managerId, version });
  }
  return [...changes.values()];
}
