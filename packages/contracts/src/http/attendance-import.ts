import { z } from 'zod';
import { id, instant } from '../ids.ts';

/**
 * `attlog`: lines of a device, tab-separated: user, `YYYY-MM-DD HH:MM:SS` at the site, status (0 in, 1 out, 2 break out, 3 break in,
 * 4 overtime in, 5 overtime out), and whatever follows. `csv`: the columns `workId,time,type`, with that header.
 */
export const importFormat = z.enum(['attlog', 'csv']);
export type ImportFormat = z.infer<typeof importFormat>;

export const importQuery = z.strictObject({
  format: importFormat,
  /** Whose people and clock on the wall the file means. */
  siteId: id.toLowerCase(),
  /** The device the log is of, where a site has several. */
  deviceId: id.toLowerCase().optional(),
});
export type ImportQuery = z.output<typeof importQuery>;

export const importReason = z.enum([
  /** No line of this format; where a file breaks off in the middle of one, nothing after it was read. */
  'unreadable',
  'unknown_user',
  'ambiguous_user',
  'deleted_person',
  'in_future',
  /** Line 100,001 and after: send them in a file of their own. */
  'beyond_limit',
  'contradicts',
]);
export type ImportReason = z.infer<typeof importReason>;

/** What became of one line; lines count from 1, empty ones are left out. */
export const importRow = z.object({
  line: z.int(),
  status: z.enum(['accepted', 'duplicate', 'conflict', 'rejected']),
  reason: importReason.nullable(),
  occurredAt: instant.nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

export const importAnswer = z.object({
  rows: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  conflicts: z.int(),
  rejected: z.int(),
  results: z.array(importRow),
});
export type ImportAnswer = z.infer<typeof importAnswer>;
