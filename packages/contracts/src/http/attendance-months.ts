import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { attendanceFact, dayChange, dayCursor } from './attendance-corrections.ts';

/** `YYYY-MM`. */
export const month = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM')
  .meta({ example: '2026-10' });
export const monthParams = z.object({ month });

export const lockMonthBody = z
  .strictObject({
    /** Every site by default. */
    siteId: id.toLowerCase().optional(),
    /** Although the month runs on, or days, corrections or conflicts are open. */
    force: z.boolean().default(false),
  })
  .meta({ example: { force: false } });
export type LockMonthBody = z.output<typeof lockMonthBody>;

export const unlockMonthBody = z
  .strictObject({ siteId: id.toLowerCase().optional(), reason: text(500) })
  .meta({ example: { reason: 'The night shift of the 14th was missing' } });
export type UnlockMonthBody = z.output<typeof unlockMonthBody>;

/** A month of a site that is or was closed. */
export const monthLock = z.object({
  id,
  siteId: id,
  month,
  lockedAt: instant,
  lockedBy: id,
  /** Locked although something was open. */
  forced: z.boolean(),
  /** How many people's month it closed. */
  people: z.int(),
  unlockedAt: instant.nullable(),
  unlockedBy: id.nullable(),
  unlockReason: z.string().nullable(),
});
export type MonthLock = z.infer<typeof monthLock>;
export const monthLocks = z.object({ data: z.array(monthLock) });

export const monthLocksQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: id.toLowerCase().optional(),
  siteId: id.toLowerCase().optional(),
  month: month.optional(),
  /** `true`: only what is closed now. */
  locked: z.enum(['true', 'false']).optional(),
});
export type MonthLocksQuery = z.output<typeof monthLocksQuery>;
export const monthLockList = cursorPageOf(monthLock);

/** What stands between a site's month and its close. */
export const monthState = z.object({
  month,
  sites: z.array(
    z.object({
      siteId: id,
      name: z.string().nullable(),
      /** The standing lock; null: open. */
      lock: monthLock.nullable(),
      /** Days that time or facts still change. */
      unsettledDays: z.int(),
      pendingCorrections: z.int(),
      conflicts: z.int(),
      /** Days whose overtime waits for approval: it keeps no month open, and a closed one does not pay it. */
      overtimeAwaiting: z.int(),
      /** Days of the locked month that would be different by now. */
      waitingDays: z.int(),
    }),
  ),
});
export type MonthState = z.infer<typeof monthState>;

export const lateQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: dayCursor,
  siteId: id.toLowerCase().optional(),
  employeeId: id.toLowerCase().optional(),
});
export type LateQuery = z.output<typeof lateQuery>;

/** A day of a locked month, what it would be by now, and the facts it does not count. */
export const lateDay = dayChange.extend({
  employeeId: id,
  since: instant,
  /** Facts of the day that the locked one does not know. */
  facts: z.array(attendanceFact),
});
export type LateDay = z.infer<typeof lateDay>;
export const lateList = cursorPageOf(lateDay);
