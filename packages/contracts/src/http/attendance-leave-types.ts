import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id } from '../ids.ts';
import { pageOf } from '../paging.ts';
import { text } from '../text.ts';

/** Days of leave: whole and half ones. */
export const leaveAmount = z.number().min(0).max(366).multipleOf(0.5);

const leaveTypeFields = {
  name: text(120),
  paid: z.boolean(),
  /** Whether weekends, holidays and days without a shift within a leave cost nothing. */
  counts: z.enum(['WORKING_DAYS', 'CALENDAR_DAYS']),
  halfDays: z.boolean(),
  /** Days a leave year; null: as much as is approved. */
  entitlement: leaveAmount.nullable(),
  /** Month in which the leave year begins, on its first. */
  yearStartsIn: z.int().min(1).max(12),
  /** The most that goes into the next leave year; 0: nothing; null: everything. */
  carryOverLimit: leaveAmount.nullable(),
  /** Whole months of the next leave year after which it lapses; null: never. */
  carryOverMonths: z.int().min(1).max(11).nullable(),
  mayGoNegative: z.boolean(),
  needsApproval: z.boolean(),
} as const;

export const createLeaveTypeBody = z
  .strictObject({
    ...leaveTypeFields,
    paid: leaveTypeFields.paid.default(true),
    counts: leaveTypeFields.counts.default('WORKING_DAYS'),
    halfDays: leaveTypeFields.halfDays.default(true),
    entitlement: leaveTypeFields.entitlement.default(null),
    yearStartsIn: leaveTypeFields.yearStartsIn.default(1),
    carryOverLimit: leaveTypeFields.carryOverLimit.default(0),
    carryOverMonths: leaveTypeFields.carryOverMonths.default(null),
    mayGoNegative: leaveTypeFields.mayGoNegative.default(false),
    needsApproval: leaveTypeFields.needsApproval.default(true),
  })
  .meta({ example: { name: 'Annual leave', entitlement: 28, carryOverLimit: 5, carryOverMonths: 3 } });
export type CreateLeaveTypeBody = z.output<typeof createLeaveTypeBody>;

/** The month in which the leave year begins stays what it was: balances hang on it. */
export const updateLeaveTypeBody = z
  .strictObject({
    name: leaveTypeFields.name.optional(),
    paid: leaveTypeFields.paid.optional(),
    counts: leaveTypeFields.counts.optional(),
    halfDays: leaveTypeFields.halfDays.optional(),
    /** Of leave years that are still to be granted. */
    entitlement: leaveTypeFields.entitlement.optional(),
    carryOverLimit: leaveTypeFields.carryOverLimit.optional(),
    carryOverMonths: leaveTypeFields.carryOverMonths.optional(),
    mayGoNegative: leaveTypeFields.mayGoNegative.optional(),
    needsApproval: leaveTypeFields.needsApproval.optional(),
    /** One that is not active is asked for no more. */
    active: z.boolean().optional(),
  })
  .refine(...atLeastOneField);
export type UpdateLeaveTypeBody = z.output<typeof updateLeaveTypeBody>;

export const leaveType = z.object({ id, ...leaveTypeFields, name: z.string(), active: z.boolean(), version: z.int() });
export type LeaveType = z.infer<typeof leaveType>;
export const leaveTypePage = pageOf(leaveType);

/** POST /api/leave/types/{id}/grant: the entitlement of the leave year that begins in `year`, to everybody who has none yet. */
export const grantLeaveBody = z.strictObject({ year: z.int().min(2000).max(2099) });
export type GrantLeaveBody = z.output<typeof grantLeaveBody>;
export const grantedLeave = z.object({ people: z.int() });
export type GrantedLeave = z.infer<typeof grantedLeave>;
