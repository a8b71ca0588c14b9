import { z } from 'zod';
import { eventBase } from './actor.ts';

/** What a check-in or check-out left behind. Minutes are whole; instants are UTC. */
export const sessionSnapshot = z.object({
  attendanceId: z.uuid(),
  employeeId: z.uuid(),
  siteId: z.uuid(),
  /** The site's local day the session belongs to. */
  date: z.iso.date(),
  zone: z.string(),
  checkInAt: z.iso.datetime(),
  checkOutAt: z.iso.datetime().nullable(),
  source: z.enum(['web', 'mobile', 'kiosk', 'offline', 'import', 'correction', 'auto']),
});

const session = eventBase.extend(sessionSnapshot.shape);

/** A site's plan was replaced from `from` until `to`: `quarters` that have people, and how many people in all. */
const headcountPlanned = eventBase.extend({
  siteId: z.uuid(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  quarters: z.int(),
  checkIns: z.int(),
  checkOuts: z.int(),
});

/** Topic `attendance`. One check-in is one session; its check-out carries version 2. */
export const attendanceEvents = {
  'attendance.checked-in.v1': session,
  'attendance.checked-out.v1': session.extend({ checkOutAt: z.iso.datetime(), workedMinutes: z.int() }),
  'attendance.headcount-planned.v1': headcountPlanned,
} as const;
