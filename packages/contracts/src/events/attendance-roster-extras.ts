import { z } from 'zod';
import { eventBase } from './actor.ts';

const shiftOn = z.object({
  date: z.iso.date(),
  shiftId: z.uuid(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});

/** `employeeIds`: whom it is told. What somebody wrote to somebody is not in it. */
const swap = eventBase.extend({
  swapId: z.uuid(),
  employeeIds: z.array(z.uuid()),
  requesterId: z.uuid(),
  colleagueId: z.uuid(),
  offered: shiftOn,
  wanted: shiftOn.nullable(),
});

const openShift = eventBase.extend({
  openShiftId: z.uuid(),
  siteId: z.uuid(),
  date: z.iso.date(),
  shiftId: z.uuid(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
const pick = openShift.extend({ employeeId: z.uuid() });
const calendarLink = eventBase.extend({ employeeId: z.uuid() });

/** Topic `attendance`: swaps, open shifts, calendar addresses (never a secret). */
export const rosterExtrasEvents = {
  'attendance.swap-asked.v1': swap,
  'attendance.swap-accepted.v1': swap,
  'attendance.swap-declined.v1': swap,
  'attendance.swap-approved.v1': swap,
  'attendance.swap-rejected.v1': swap,
  'attendance.swap-cancelled.v1': swap,
  'attendance.swap-expired.v1': swap,
  /** One of its shifts went elsewhere before it was decided. */
  'attendance.swap-overtaken.v1': swap,
  /** `employeeIds`: who may pick it up. One event for each thousand; one without anybody where nobody may. Older ones name nobody. */
  'attendance.open-shift-posted.v1': openShift.extend({
    places: z.int(),
    employeeIds: z.array(z.uuid()).max(1000).optional(),
  }),
  'attendance.open-shift-closed.v1': openShift.extend({ places: z.int(), taken: z.int() }),
  'attendance.open-shift-picked.v1': pick,
  /** Picked up where a manager has to agree. */
  'attendance.open-shift-asked.v1': pick,
  'attendance.open-shift-given-back.v1': pick,
  'attendance.open-shift-approved.v1': pick,
  'attendance.open-shift-refused.v1': pick,
  /** A file was taken over. One event for each thousand people whose shifts changed; one without anybody where nobody's did. */
  'attendance.roster-imported.v1': eventBase.extend({
    importId: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date(),
    rows: z.int(),
    employeeIds: z.array(z.uuid()).max(1000),
  }),
  'attendance.calendar-link-set.v1': calendarLink,
  'attendance.calendar-link-removed.v1': calendarLink,
} as const;
