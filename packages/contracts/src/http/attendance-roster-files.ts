import { z } from 'zod';
import { id, localDate } from '../ids.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

/** Most rows of a roster file, without its heading. */
export const maxRosterRows = 50_000;

/** `from` to `to`, both included, at most a year apart; of everybody the caller may see, or narrowed. */
export const rosterExportQuery = z
  .strictObject({
    from: workDate,
    to: workDate,
    siteId: id.toLowerCase().optional(),
    department: text(120).optional(),
    employeeId: id.toLowerCase().optional(),
  })
  .refine(({ from, to }) => from <= to, { message: 'must not lie before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, {
    message: 'must lie within a year of from',
    path: ['to'],
  });
export type RosterExportQuery = z.output<typeof rosterExportQuery>;

/** `dryRun=true` says what would come of a file, and changes nothing. */
export const rosterImportQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

/** What came of one row of a file; `line` counts from 1, the heading. */
export const rosterRowResult = z.object({
  line: z.int(),
  result: z.enum(['changed', 'unchanged', 'refused']),
  employeeId: id.nullable(),
  date: localDate.nullable(),
  /** Why it was refused. */
  reason: z.string().nullable(),
  /** What whoever planned it may not know; it is taken over all the same. */
  warning: z.string().nullable(),
});
export type RosterRowResult = z.infer<typeof rosterRowResult>;

/** All or nothing: with one refused row `applied` is false and nothing of the file was taken over. */
export const rosterImport = z.object({
  applied: z.boolean(),
  dryRun: z.boolean(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** Rows with a warning. */
  warned: z.int(),
  rows: z.array(rosterRowResult),
});
export type RosterImport = z.infer<typeof rosterImport>;
