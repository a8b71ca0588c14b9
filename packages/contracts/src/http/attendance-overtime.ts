import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { optionalText, text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const minutes = z.int();
export const overtimeKind = z.enum(['NORMAL', 'WEEKEND', 'HOLIDAY']);

/** A superior's answer: how much of a date's overtime is approved in all. */
export const overtimeDecision = z.object({
  id,
  employeeId: id,
  date: localDate,
  /** Counts the decisions about this date. */
  version: minutes,
  minutes,
  /** The overtime that was looked at. */
  overtimeMinutes: minutes,
  note: z.string().nullable(),
  decidedAt: instant,
  decidedBy: id,
});
export type OvertimeDecision = z.infer<typeof overtimeDecision>;

/** POST /api/attendance/overtime. `version`: the decision this one replaces, as the list shows it; 0 where there is none. */
export const overtimeDecisionBody = z
  .strictObject({
    employeeId: id.toLowerCase(),
    date: workDate,
    /** In all; 0 approves none. */
    minutes: z.int().min(0).max(10_080),
    version: z.int().min(0).max(1_000_000).default(0),
    note: optionalText(500).optional(),
  })
  .meta({ example: { employeeId: '019a0000-0000-7000-8000-00000000a0a0', date: '2026-11-20', minutes: 45 } });
export type OvertimeDecisionBody = z.output<typeof overtimeDecisionBody>;

export const overtimeQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: z
      .string()
      .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9a-f-]{36}$/, 'must be a cursor of this list')
      .optional(),
    employeeId: id.toLowerCase().optional(),
    siteId: id.toLowerCase().optional(),
    department: text(120).optional(),
    from: workDate.optional(),
    to: workDate.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'must not lie before from',
    path: ['to'],
  })
  .refine(({ cursor }) => cursor === undefined || isCursor(cursor), {
    message: 'must be a cursor of this list',
    path: ['cursor'],
  });
export type OvertimeQuery = z.output<typeof overtimeQuery>;

/** A day whose overtime, or more of it, waits for somebody to approve it. */
export const waitingOvertime = z.object({
  employeeId: id,
  name: z.string().nullable(),
  siteId: id.nullable(),
  department: z.string().nullable(),
  date: localDate,
  kind: overtimeKind,
  /** Worked beyond what was expected, and what counts of it so far. */
  overtimeMinutes: minutes,
  countedMinutes: minutes,
  /** Of the latest decision; 0 where there is none. */
  version: minutes,
  approvedMinutes: minutes.nullable(),
});
export type WaitingOvertime = z.infer<typeof waitingOvertime>;
export const waitingOvertimePage = cursorPageOf(waitingOvertime);

function isCursor(cursor: string): boolean {
  const [date, employeeId] = cursor.split('_');
  return workDate.safeParse(date).success && id.safeParse(employeeId).success;
}
