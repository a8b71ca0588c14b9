import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id as anyCaseId, localDate } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { role } from '../roles.ts';
import { email, optionalText, phone, text } from '../text.ts';

export * from './employee-places.ts';

// Ids are compared as text: one spelling.
const id = anyCaseId.toLowerCase();

/** The fields of a person that HR writes; `null` clears one. */
const record = {
  position: text(120),
  phone,
  workId: text(64),
  department: text(120),
  managerId: id,
  hiredOn: localDate,
};

/** POST /api/employees. `department` is a department's name; without `password` the answer carries an invitation. */
export const createEmployeeBody = z.strictObject({
  email,
  name: text(120),
  position: record.position,
  phone: record.phone.nullish(),
  workId: record.workId.nullish(),
  department: record.department.nullish(),
  siteId: id.optional(),
  managerId: record.managerId.nullish(),
  hiredOn: record.hiredOn.nullish(),
  /** Left out: `employee`. HR may open logins of employees, managers and teachers; an admin any but a kiosk. */
  role: role.optional(),
  password: z.string().min(1).max(200).optional(),
});
export type CreateEmployeeBody = z.infer<typeof createEmployeeBody>;

/** PATCH /api/employees/:id. E-mail and role belong to the login (auth) and are not changed here. */
export const updateEmployeeBody = z
  .strictObject({
    name: text(120).optional(),
    position: record.position.nullable().optional(),
    phone: record.phone.nullable().optional(),
    workId: record.workId.nullable().optional(),
    department: record.department.nullable().optional(),
    siteId: id.optional(),
    managerId: record.managerId.nullable().optional(),
    hiredOn: record.hiredOn.nullable().optional(),
  })
  .refine(...atLeastOneField);
export type UpdateEmployeeBody = z.infer<typeof updateEmployeeBody>;

/** PATCH /api/profile: what a person may change of itself. */
export const updateProfileBody = z
  .strictObject({ name: text(120).optional(), phone: record.phone.nullable().optional() })
  .refine(...atLeastOneField);
export type UpdateProfileBody = z.infer<typeof updateProfileBody>;

/** GET /api/employees. Deleted people are never listed: `status=deleted` answers an empty page. */
export const listEmployeesQuery = pageQuery.extend({
  search: optionalText(120).optional(),
  position: text(120).optional(),
  department: text(120).optional(),
  siteId: id.optional(),
  role: role.optional(),
  status: z.enum(['active', 'deleted']).optional(),
});
export type ListEmployeesQuery = z.infer<typeof listEmployeesQuery>;

/** What any signed-in person sees of another. */
export const publicEmployee = z.object({
  id,
  name: z.string(),
  position: z.string().nullable(),
  department: z.string().nullable(),
  siteId: id,
  /** `null` where there is none; changes with every new photo, so it serves as a cache key. */
  photoVersion: z.string().nullable(),
  isDeleted: z.boolean(),
});
export type PublicEmployee = z.infer<typeof publicEmployee>;

/** What admin, hr, the managers above a person, and the person itself see. */
export const fullEmployee = publicEmployee.extend({
  email: z.string(),
  role,
  phone: z.string().nullable(),
  workId: z.string().nullable(),
  managerId: id.nullable(),
  hiredOn: z.string().nullable(),
  status: z.enum(['active', 'deleted']),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable(),
});
export type FullEmployee = z.infer<typeof fullEmployee>;

/** Full for those who may see it, public for the others. */
export const employeeView = z.union([fullEmployee, publicEmployee]);
export type EmployeeView = z.infer<typeof employeeView>;

export const employeePage = pageOf(employeeView);

/**
 * `invitationToken` (where no password was given) opens the login once. A repetition under the same Idempotency-Key shows
 * it again for a day; it is kept only sealed by that key, so take keys that cannot be guessed.
 */
export const createdEmployee = fullEmployee.extend({ invitationToken: z.string().optional() });
export type CreatedEmployee = z.infer<typeof createdEmployee>;

/** Longest side of the two stored sizes, in pixels. */
export const photoSizes = ['1024', '128'] as const;
export const photoQuery = z.strictObject({ size: z.enum(photoSizes).default('1024') });
export const photoInfo = z.object({ employeeId: id, photoVersion: z.string(), width: z.int(), height: z.int() });
export type PhotoInfo = z.infer<typeof photoInfo>;

/** `"3"`, `W/"3"`, `3` or `*`: the version a change was based on. */
export const ifMatchHeader = z.object({ 'if-match': z.string().max(40).optional() });
export const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });
