import { z } from 'zod';
import { id } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const whole = z.int();
/** The longest period of one report, in days. */
export const longestReportDays = 93;

export const reportQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: id.toLowerCase().optional(),
    from: workDate,
    to: workDate,
    siteId: id.toLowerCase().optional(),
    department: text(120).optional(),
    groupBy: z.enum(['employee', 'department', 'site']).default('employee'),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(({ from, to }) => from <= to, { message: 'must not lie before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < longestReportDays * 86_400_000, {
    message: `must lie within ${longestReportDays} days of from`,
    path: ['to'],
  });
export type ReportQuery = z.output<typeof reportQuery>;

/** Whom a row is about: one person, or the people of a department or a site. */
const about = {
  employeeId: id.nullable(),
  name: z.string().nullable(),
  siteId: id.nullable(),
  department: z.string().nullable(),
  people: whole,
} as const;

export const overtimeReportRow = z.object({
  ...about,
  /** Days with overtime, and those of them that wait for approval. */
  days: whole,
  awaitingDays: whole,
  workedMinutes: whole,
  normalMinutes: whole,
  weekendMinutes: whole,
  holidayMinutes: whole,
  weeklyMinutes: whole,
  weightedMinutes: whole,
});
export const absenceReportRow = z.object({
  ...about,
  absentDays: whole,
  halfDays: whole,
  missedShiftDays: whole,
  /** Days of leave by type, halves as 0.5. */
  leave: z.record(z.string(), z.number()),
});
export const punctualityReportRow = z.object({
  ...about,
  /** Days with a shift on which somebody came. */
  days: whole,
  lateDays: whole,
  lateMinutes: whole,
  earlyExitDays: whole,
  earlyExitMinutes: whole,
});
export type OvertimeReportRow = z.infer<typeof overtimeReportRow>;
export type AbsenceReportRow = z.infer<typeof absenceReportRow>;
export type PunctualityReportRow = z.infer<typeof punctualityReportRow>;

/** By employee in order of id, in pages; by department or site all at once. */
export const overtimeReport = cursorPageOf(overtimeReportRow);
export const absenceReport = cursorPageOf(absenceReportRow);
export const punctualityReport = cursorPageOf(punctualityReportRow);
