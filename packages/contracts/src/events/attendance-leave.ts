import { z } from 'zod';
import { eventBase } from './actor.ts';

const list = eventBase.extend({ listId: z.uuid(), name: z.string() });
const weeklyOff = z.array(z.int());

const type = eventBase.extend({ typeId: z.uuid(), name: z.string() });
const amount = z.number();

const request = eventBase.extend({
  requestId: z.uuid(),
  employeeId: z.uuid(),
  typeId: z.uuid(),
  from: z.iso.date(),
  to: z.iso.date(),
  firstDay: z.enum(['FULL', 'SECOND_HALF']),
  lastDay: z.enum(['FULL', 'FIRST_HALF']),
  /** What it costs. */
  days: amount,
});

/** What a job or HR did for many people at once. */
const forMany = eventBase.extend({ typeId: z.uuid(), leaveYear: z.iso.date(), people: z.int(), days: amount });

/** Topic `attendance`: events of holidays and leave. */
export const leaveEvents = {
  'attendance.holiday-list-created.v1': list.extend({ weeklyOff }),
  'attendance.holiday-list-updated.v1': list.extend({ weeklyOff }),
  'attendance.holiday-list-deleted.v1': list,
  'attendance.holiday-list-filled.v1': list.extend({
    country: z.string(),
    state: z.string().nullable(),
    region: z.string().nullable(),
    fromYear: z.int(),
    toYear: z.int(),
    added: z.int(),
    changed: z.int(),
    removed: z.int(),
  }),
  'attendance.holiday-set.v1': list.extend({ date: z.iso.date(), holiday: z.string() }),
  'attendance.holiday-removed.v1': list.extend({ date: z.iso.date() }),
  /** A site has this list from that date on; null: none. Taken back: what was there before counts. */
  'attendance.holiday-list-assigned.v1': eventBase.extend({
    siteId: z.uuid(),
    from: z.iso.date(),
    listId: z.uuid().nullable(),
  }),
  'attendance.holiday-list-unassigned.v1': eventBase.extend({ siteId: z.uuid(), from: z.iso.date() }),
  'attendance.leave-type-created.v1': type,
  'attendance.leave-type-updated.v1': type.extend({ changedFields: z.array(z.string()) }),
  'attendance.leave-type-deleted.v1': type,
  /** Waits for the person’s manager; where no approval is asked for, `leave-approved` comes instead. */
  'attendance.leave-requested.v1': request,
  'attendance.leave-approved.v1': request,
  'attendance.leave-rejected.v1': request,
  'attendance.leave-cancelled.v1': request,
  /** Holidays changed what it costs; `before`: what that was. */
  'attendance.leave-recounted.v1': request.extend({ before: amount }),
  'attendance.leave-adjusted.v1': eventBase.extend({
    employeeId: z.uuid(),
    typeId: z.uuid(),
    leaveYear: z.iso.date(),
    days: amount,
    note: z.string(),
  }),
  'attendance.leave-granted.v1': forMany,
  'attendance.leave-carried-over.v1': forMany,
  'attendance.leave-lapsed.v1': forMany,
} as const;
