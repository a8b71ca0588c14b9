import type { EventActor } from '@muster/contracts';
import type { UpdateEmployeeBody } from '@muster/contracts/http/employee';
import { insertOutbox, type Tx } from '@muster/db';
import type { Person, PersonChange } from '../../domain/person.ts';
import { ensureDepartment } from './ensure-department.ts';
import { resolveManager, resolveSite } from './resolve-place.ts';

/**
 * What a PATCH asks, with what it names found: the site, the manager, the department (made when new).
 * @throws AppError invalid_input naming the field
 */
export async function resolveChange(
  tx: Tx,
  person: Person,
  wanted: UpdateEmployeeBody,
  by: { actor: EventActor; at: string },
): Promise<PersonChange> {
  const { department, ...rest } = wanted;
  const change = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as PersonChange;
  if (change.siteId !== undefined && change.siteId !== person.siteId) await resolveSite(tx, change.siteId);
  if (change.managerId && change.managerId !== person.managerId) await resolveManager(tx, person.id, change.managerId);
  if (department === undefined) return change;
  if (department === null) return { ...change, departmentId: null, department: null };
  const ensured = await ensureDepartment(tx, department, by);
  await insertOutbox(tx, ensured.events);
  return { ...change, departmentId: ensured.department.id, department: ensured.department.name };
}
