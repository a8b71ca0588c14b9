import { z } from 'zod';
import { role } from '../roles.ts';
import { eventBase } from './actor.ts';

/** The person as other services may project it: no private fields (phone, address) beyond what they need. */
export const personSnapshot = z.object({
  email: z.string(),
  name: z.string(),
  role,
  position: z.string().nullable(),
  workId: z.string().nullable(),
  department: z.string().nullable(),
  siteId: z.uuid(),
  managerId: z.uuid().nullable(),
  hiredOn: z.string().nullable(),
  status: z.enum(['active', 'deleted']),
});
export type PersonSnapshot = z.infer<typeof personSnapshot>;

export const siteSnapshot = z.object({
  name: z.string(),
  zone: z.string(),
  geofence: z.object({ latitude: z.number(), longitude: z.number(), radiusM: z.number() }).nullable(),
  ipAllowList: z.array(z.string()),
});
export type SiteSnapshot = z.infer<typeof siteSnapshot>;

const person = eventBase.extend({ employeeId: z.uuid() });
const changed = person.extend({ before: personSnapshot, after: personSnapshot, changedFields: z.array(z.string()) });
const site = eventBase.extend({ siteId: z.uuid() });

/** Topic `employee`. `before`/`after` are whole snapshots, so one event is enough to project from. */
export const employeeEvents = {
  'employee.employee-created.v1': person.extend({ after: personSnapshot }),
  'employee.employee-updated.v1': changed,
  'employee.employee-deleted.v1': person.extend({ before: personSnapshot, after: personSnapshot }),
  'employee.employee-restored.v1': person.extend({ before: personSnapshot, after: personSnapshot }),
  'employee.profile-updated.v1': changed,
  'employee.photo-updated.v1': person.extend({ photoVersion: z.string() }),
  'employee.photo-removed.v1': person,
  /** Somebody asked for everything Muster holds about this person. */
  'employee.data-export-requested.v1': person,
  /** The person wants to be erased: an admin decides. */
  'employee.erasure-requested.v1': person,
  /** From here on nothing may tell who this was. */
  'employee.person-erased.v1': person,
  'employee.site-created.v1': site.extend({ after: siteSnapshot }),
  'employee.site-updated.v1': site.extend({ before: siteSnapshot, after: siteSnapshot }),
  'employee.site-deleted.v1': site.extend({ before: siteSnapshot }),
  'employee.department-created.v1': eventBase.extend({ departmentId: z.uuid(), after: z.object({ name: z.string() }) }),
  'employee.department-updated.v1': eventBase.extend({
    departmentId: z.uuid(),
    before: z.object({ name: z.string() }),
    after: z.object({ name: z.string() }),
  }),
  'employee.department-deleted.v1': eventBase.extend({
    departmentId: z.uuid(),
    before: z.object({ name: z.string() }),
  }),
} as const;

/** The events that carry a whole person after the change. */
export type PersonEventType =
  | 'employee.employee-created.v1'
  | 'employee.employee-updated.v1'
  | 'employee.employee-deleted.v1'
  | 'employee.employee-restored.v1'
  | 'employee.profile-updated.v1';
