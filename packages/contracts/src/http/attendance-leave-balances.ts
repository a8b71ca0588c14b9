import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const lowerId = id.toLowerCase();
const amount = z.number();

export const leaveBalancesQuery = z.strictObject({
  /** Oneself by default. */
  employeeId: lowerId.optional(),
  /** The leave years this date lies in; today by default. */
  on: workDate.optional(),
});
export type LeaveBalancesQuery = z.output<typeof leaveBalancesQuery>;

/** A person’s leave of one type in one leave year. Days; `balance` is the sum of all entries. */
export const leaveBalance = z.object({
  typeId: id,
  type: z.string(),
  yearFrom: localDate,
  yearTo: localDate,
  entitled: amount,
  carriedIn: amount,
  carriedOut: amount,
  lapsed: amount,
  adjusted: amount,
  /** Approved, and asked for. */
  taken: amount,
  requested: amount,
  balance: amount,
  /** False where as much is given as is approved: the balance limits nothing. */
  limited: z.boolean(),
});
export type LeaveBalance = z.infer<typeof leaveBalance>;
export const leaveBalances = z.object({ employeeId: id, data: z.array(leaveBalance) });
export type LeaveBalances = z.infer<typeof leaveBalances>;

export const leaveEntriesQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: lowerId.optional(),
  employeeId: lowerId.optional(),
  typeId: lowerId.optional(),
});
export type LeaveEntriesQuery = z.output<typeof leaveEntriesQuery>;

/** One entry of the ledger. `days` has a sign. */
export const leaveEntry = z.object({
  id,
  employeeId: id,
  typeId: id,
  leaveYear: localDate,
  kind: z.enum([
    'ENTITLEMENT',
    'CARRIED_IN',
    'CARRIED_OUT',
    'LAPSED',
    'ADJUSTMENT',
    'TAKEN',
    'GIVEN_BACK',
    'RECOUNTED',
  ]),
  days: amount,
  requestId: id.nullable(),
  goodUntil: localDate.nullable(),
  note: z.string().nullable(),
  at: instant,
});
export type LeaveEntry = z.infer<typeof leaveEntry>;
export const leaveEntries = cursorPageOf(leaveEntry);

/** POST /api/leave/adjustments: more or less days than the rules give, and why. */
export const leaveAdjustmentBody = z
  .strictObject({
    employeeId: lowerId,
    typeId: lowerId,
    /** A date of the leave year. */
    on: workDate,
    days: z
      .number()
      .min(-366)
      .max(366)
      .multipleOf(0.5)
      .refine((days) => days !== 0, 'must not be 0'),
    note: text(500),
  })
  .meta({
    example: {
      employeeId: '019a0000-0000-7000-8000-00000000a0a0',
      typeId: '019a0000-0000-7000-8000-00000000a0a1',
      on: '2026-03-29',
      days: 2.5,
      note: 'Agreed on when hired',
    },
  });
export type LeaveAdjustmentBody = z.output<typeof leaveAdjustmentBody>;
