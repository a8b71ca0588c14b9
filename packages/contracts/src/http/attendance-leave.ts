import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

export * from './attendance-leave-balances.ts';
export * from './attendance-leave-types.ts';

const lowerId = id.toLowerCase();
const dayMs = 86_400_000;
const amount = z.number();

export const leaveStatus = z.enum(['pending', 'approved', 'rejected', 'cancelled']);
/** A leave begins with its first day or with that day’s second half, and ends with its last day or with that day’s first half. */
const firstDay = z.enum(['FULL', 'SECOND_HALF']);
const lastDay = z.enum(['FULL', 'FIRST_HALF']);

/** POST /api/leave/requests. For somebody else: whoever decides about their leave. */
export const leaveRequestBody = z
  .strictObject({
    /** Oneself by default. */
    employeeId: lowerId.optional(),
    typeId: lowerId,
    from: workDate,
    to: workDate,
    firstDay: firstDay.default('FULL'),
    lastDay: lastDay.default('FULL'),
    note: text(500).optional(),
  })
  .refine(({ from, to }) => from <= to, { message: 'must not lie before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 366 * dayMs, {
    message: 'must lie within a year of from',
    path: ['to'],
  })
  .refine((body) => body.from !== body.to || body.firstDay === 'FULL' || body.lastDay === 'FULL', {
    message: 'leaves nothing of a single day',
    path: ['lastDay'],
  });
export type LeaveRequestBody = z.output<typeof leaveRequestBody>;

export const leaveRequest = z.object({
  id,
  employeeId: id,
  typeId: id,
  type: z.string(),
  from: localDate,
  to: localDate,
  firstDay,
  lastDay,
  /** Days it costs. */
  days: amount,
  status: leaveStatus,
  note: z.string().nullable(),
  askedAt: instant,
  decidedAt: instant.nullable(),
  decisionNote: z.string().nullable(),
  version: z.int(),
});
export type LeaveRequest = z.infer<typeof leaveRequest>;

const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean =>
  from === undefined || to === undefined || from <= to;
const order = { message: 'must not lie before from', path: ['to'] };

/** Requests that touch `from`…`to`, newest first. */
export const leaveRequestsQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: lowerId.optional(),
    employeeId: lowerId.optional(),
    siteId: lowerId.optional(),
    typeId: lowerId.optional(),
    status: leaveStatus.optional(),
    from: workDate.optional(),
    to: workDate.optional(),
  })
  .refine(inOrder, order);
export type LeaveRequestsQuery = z.output<typeof leaveRequestsQuery>;
export const leaveRequests = cursorPageOf(leaveRequest);

/** What a rejection, or the cancelling of an approved leave, says to the person. */
export const leaveDecisionBody = z
  .strictObject({ note: text(500).optional() })
  .meta({ example: { note: 'Stocktaking that week' } });
export type LeaveDecisionBody = z.output<typeof leaveDecisionBody>;

/** Whom a calendar shows: those the caller may read, narrowed by site, department or who manages them directly. */
export const leaveCalendarQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: lowerId.optional(),
    from: workDate,
    to: workDate,
    siteId: lowerId.optional(),
    department: text(120).optional(),
    managerId: lowerId.optional(),
  })
  .refine(inOrder, order)
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 92 * dayMs, {
    message: 'must lie within 92 days of from',
    path: ['to'],
  });
export type LeaveCalendarQuery = z.output<typeof leaveCalendarQuery>;

/** People who are away between two dates, by id; days off within a leave are left out. */
export const leaveCalendar = cursorPageOf(
  z.object({
    employeeId: id,
    name: z.string().nullable(),
    days: z.array(
      z.object({
        date: localDate,
        part: z.enum(['FULL', 'FIRST_HALF', 'SECOND_HALF']),
        type: z.string(),
        status: z.enum(['pending', 'approved']),
        requestId: id,
      }),
    ),
  }),
);
export type LeaveCalendar = z.infer<typeof leaveCalendar>;
