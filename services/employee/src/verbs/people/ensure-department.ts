import type { EventActor } from '@muster/contracts';
import { newEvent, type OutboxEvent, type Tx } from '@muster/db';
import { v7 } from 'uuid';
import { type Department, shareDepartmentByName } from '../../sql/departments.ts';
import { insertDepartmentIfNew } from '../../sql/write-department.ts';

/**
 * The department of this name, in any spelling of case and accents. A new name makes a new department: whoever may write
 * people may write departments too. `events` tell of it.
 */
export async function ensureDepartment(
  tx: Tx,
  name: string,
  by: { actor: EventActor; at: string },
): Promise<{ department: Department; events: OutboxEvent[] }> {
  const found = await shareDepartmentByName(tx, name);
  if (found) return { department: found, events: [] };
  const department: Department = { id: v7(), version: 1, name };
  if (!(await insertDepartmentIfNew(tx, department, by.at))) return ensureDepartment(tx, name, by);
  const event = newEvent('employee.department-created.v1', {
    version: 1,
    occurredAt: by.at,
    actor: by.actor,
    departmentId: department.id,
    after: { name },
  });
  return { department, events: [event] };
}
