import type { DepartmentBody, DepartmentView } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { insertDepartment } from '../sql/write-department.ts';
import { departmentTakenError } from './departments/department-errors.ts';

/**
 * Creates a department.
 * @throws AppError name_taken, idempotency_mismatch, request_in_progress
 */
export async function createDepartment(
  deps: Deps,
  actor: Actor,
  input: DepartmentBody,
  idempotencyKey?: string,
): Promise<DepartmentView> {
  authorise(actor, 'departments.manage');
  const at = moment(deps.clock.now());
  const department: DepartmentView = { id: v7(), version: 1, name: input.name };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/departments ${actor.id}`,
      key: idempotencyKey,
      request: input,
      run: async (tx) => {
        await insertDepartment(tx, department, at);
        await insertOutbox(tx, [
          newEvent('employee.department-created.v1', {
            version: 1,
            occurredAt: at,
            actor: toEventActor(actor),
            departmentId: department.id,
            after: { name: department.name },
          }),
        ]);
        return { status: 201, body: department };
      },
    });
    deps.relay.wake();
    return answer.body as DepartmentView;
  } catch (error) {
    throw departmentTakenError(error);
  }
}
