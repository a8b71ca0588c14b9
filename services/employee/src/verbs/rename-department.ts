import { matchVersion } from '@muster/contracts';
import type { DepartmentBody, DepartmentView } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { lockDepartment } from '../sql/departments.ts';
import { saveDepartment } from '../sql/write-department.ts';
import { departmentTakenError, noSuchDepartment } from './departments/department-errors.ts';
import { tellDepartmentPeople } from './departments/tell-department-people.ts';

/**
 * Renames a department, and with it the department of everybody in it.
 * @throws AppError not_found, version_mismatch, name_taken
 */
export async function renameDepartment(
  deps: Deps,
  actor: Actor,
  id: string,
  { name }: DepartmentBody,
  ifMatch?: string,
): Promise<DepartmentView> {
  authorise(actor, 'departments.manage');
  const by = { actor: toEventActor(actor), at: moment(deps.clock.now()) };
  try {
    const department = await withTransaction(deps.sql, async (tx) => {
      const before = await lockDepartment(tx, id);
      if (before === undefined) throw noSuchDepartment();
      matchVersion(ifMatch, before.version);
      if (before.name === name) return before;
      const after = { ...before, name, version: before.version + 1 };
      await saveDepartment(tx, after, by.at);
      const base = { version: after.version, occurredAt: by.at, actor: by.actor, departmentId: id };
      const names = { before: { name: before.name }, after: { name } };
      await insertOutbox(tx, [newEvent('employee.department-updated.v1', { ...base, ...names })]);
      await tellDepartmentPeople(tx, before, by);
      return after;
    });
    deps.relay.wake();
    return department;
  } catch (error) {
    throw departmentTakenError(error);
  }
}
