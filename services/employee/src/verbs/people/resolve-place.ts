import { AppError, type EventActor, type FieldError } from '@muster/contracts';
import type { OutboxEvent, Tx } from '@muster/db';
import type { Person } from '../../domain/person.ts';
import { findPerson } from '../../sql/find-person.ts';
import { lockSite } from '../../sql/lock-site.ts';
import { wouldCircle } from '../../sql/would-circle.ts';
import { ensureDepartment } from './ensure-department.ts';

const badField = (field: string, message: string): AppError => {
  const errors: FieldError[] = [{ field, message, in: 'body' }];
  return new AppError('invalid_input', `${field} ${message}.`, { errors });
};

/** The site must exist, and stays until this transaction ends. */
export async function resolveSite(tx: Tx, siteId: string): Promise<string> {
  if ((await lockSite(tx, siteId, 'share')) === undefined) throw badField('siteId', 'is no site of ours');
  return siteId;
}

/** The manager must be an active person, and not stand below the one it is to manage. */
export async function resolveManager(tx: Tx, personId: string, managerId: string): Promise<string> {
  const manager = await findPerson(tx, managerId);
  if (manager?.state !== 'active') throw badField('managerId', 'is nobody who works here');
  if (await wouldCircle(tx, personId, managerId)) throw badField('managerId', 'would close a circle of managers');
  return managerId;
}

interface Wanted {
  id: string;
  siteId?: string | undefined;
  managerId?: string | null | undefined;
  department?: string | null | undefined;
  defaultSiteId: string;
  actor: EventActor;
  at: string;
}

/**
 * Turns what a new person's record names into rows that exist; `events` tell of a department this has made.
 * @throws AppError invalid_input naming the field
 */
export async function resolvePlace(
  tx: Tx,
  wanted: Wanted,
): Promise<Pick<Person, 'siteId' | 'managerId' | 'departmentId' | 'department'> & { events: OutboxEvent[] }> {
  const siteId = await resolveSite(tx, wanted.siteId ?? wanted.defaultSiteId);
  const managerId = wanted.managerId ? await resolveManager(tx, wanted.id, wanted.managerId) : null;
  if (!wanted.department) return { siteId, managerId, departmentId: null, department: null, events: [] };
  const { department, events } = await ensureDepartment(tx, wanted.department, wanted);
  return { siteId, managerId, departmentId: department.id, department: department.name, events };
}
