import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { wholeNumber } from '../whole-number.ts';
import { attendanceDay } from './attendance-days.ts';

const whole = z.int();
/** A calendar month of the years 2000 to 2099. */
export const month = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM, of this century')
  .meta({ example: '2026-11' });

/** A person's month, or a group's period, added up. Minutes are whole, rounded down once from exact sums; days of leave come in halves. */
export const timesheetTotals = z.object({
  days: z.object({
    present: whole,
    half: whole,
    absent: whole,
    onLeave: whole,
    holiday: whole,
    weeklyOff: whole,
  }),
  /** Days of leave by type, halves as 0.5. */
  leave: z.record(z.string(), z.number()).meta({ example: { annual: 2.5 } }),
  workedMinutes: whole,
  /** As rules round days; as worked where they do not. */
  roundedMinutes: whole,
  expectedMinutes: whole,
  offShiftMinutes: whole,
  overtime: z.object({
    /** Beyond what was expected, before approval and limits. */
    workedMinutes: whole,
    normalMinutes: whole,
    weekendMinutes: whole,
    holidayMinutes: whole,
    /** What fixed weeks add; a week counts in the month in which it ends. */
    weeklyMinutes: whole,
    /** All of it times its multiplier. */
    weightedMinutes: whole,
  }),
  late: z.object({ days: whole, minutes: whole }),
  earlyExit: z.object({ days: whole, minutes: whole }),
  /** What somebody should look at before the month is closed. */
  open: z.object({
    conflicts: whole,
    missedCheckOuts: whole,
    unsettledDays: whole,
    overtimeAwaiting: whole,
  }),
});
export type TimesheetTotals = z.infer<typeof timesheetTotals>;

export const timesheet = z.object({
  employeeId: id,
  name: z.string().nullable(),
  workId: z.string().nullable(),
  siteId: id.nullable(),
  department: z.string().nullable(),
  month,
  /** Whether the month is closed for this person. */
  locked: z.boolean(),
  totals: timesheetTotals,
});
export type Timesheet = z.infer<typeof timesheet>;

const narrowing = { siteId: id.toLowerCase().optional(), department: text(120).optional() } as const;

export const timesheetsQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: id.toLowerCase().optional(),
  month,
  ...narrowing,
});
export type TimesheetsQuery = z.output<typeof timesheetsQuery>;
export const timesheetsPage = cursorPageOf(timesheet);

export const timesheetExportQuery = z.strictObject({ month, format: z.enum(['csv', 'xlsx']), ...narrowing });
export type TimesheetExportQuery = z.output<typeof timesheetExportQuery>;

export const employeeMonthParams = z.object({ employeeId: id.toLowerCase() });
export const employeeMonthQuery = z.strictObject({ month });

/** Overtime of a fixed week of 168 hours. */
export const timesheetWeek = z.object({
  fromAt: instant,
  toAt: instant,
  rules: z.string(),
  workedMinutes: whole,
  /** Overtime that its days paid already. */
  byDayMinutes: whole,
  countedMinutes: whole,
  weightedMinutes: whole,
});

/** One person's month: every day on which something happened, the weeks that end in it, and their sum. */
export const employeeMonth = z.object({
  ...timesheet.shape,
  days: z.array(attendanceDay),
  weeks: z.array(timesheetWeek),
});
export type EmployeeMonth = z.infer<typeof employeeMonth>;

export const monthParams = z.object({ month });
/** POST /api/attendance/timesheets/{month}/close. Without a site: all of them. */
export const closeBody = z
  .strictObject({
    siteId: id.toLowerCase().optional(),
    /** Closes although something is open, and says why. */
    force: z.strictObject({ reason: text(500) }).optional(),
  })
  .meta({ example: { siteId: '019a0000-0000-7000-8000-00000000beef' } });
export type CloseBody = z.output<typeof closeBody>;

/** A site's closed month. Opened and closed again it has another version; the bytes of the earlier one stay. */
export const monthClose = z.object({
  id,
  month,
  siteId: id,
  version: whole,
  state: z.enum(['closing', 'closed']),
  /** How many people's totals are written so far. */
  people: whole,
  reason: z.string().nullable(),
  /** Days whose overtime nobody decided before, so far as totals are written; null: closed before they were counted. */
  overtimeAwaiting: whole.nullable(),
  askedAt: instant,
  closedAt: instant.nullable(),
  /** Of the bytes of its payroll export; null while closing. */
  sha256: z.string().nullable(),
  /** False: opened again since. */
  standing: z.boolean(),
});
export type MonthClose = z.infer<typeof monthClose>;
export const monthCloses = z.object({ month, closes: z.array(monthClose) });
export type MonthCloses = z.infer<typeof monthCloses>;

export const monthClosesQuery = z.strictObject({ siteId: id.toLowerCase().optional() });

/** Which close: the one that stands by default, of one site or of all that are closed. */
export const payrollQuery = z
  .strictObject({ siteId: id.toLowerCase().optional(), version: wholeNumber(1, 1_000_000).optional() })
  .refine(({ siteId, version }) => version === undefined || siteId !== undefined, {
    message: 'versions are counted by site: name one',
    path: ['version'],
  });
export type PayrollQuery = z.output<typeof payrollQuery>;
