import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { lockDepartment } from '../sql/departments.ts';
import { deleteDepartmentRow, departmentInUse } from '../sql/write-department.ts';
import { noSuchDepartment } from './departments/department-errors.ts';

/**
 * Deletes a department nobody belongs to.
 * @throws AppError not_found, in_use
 */
export async function deleteDepartment(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'departments.manage');
  const at = moment(deps.clock.now());
  await withTransaction(deps.sql, async (tx) => {
    const department = await lockDepartment(tx, id);
    if (department === undefined) throw noSuchDepartment();
    if (await departmentInUse(tx, id))
      throw new AppError('in_use', 'People belong to this department; move them first.');
    await deleteDepartmentRow(tx, id, at);
    await insertOutbox(tx, [
      newEvent('employee.department-deleted.v1', {
        version: department.version + 1,
        occurredAt: at,
        actor: toEventActor(actor),
        departmentId: id,
        before: { name: department.name },
      }),
    ]);
  });
  deps.relay.wake();
}
