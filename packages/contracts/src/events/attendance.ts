import { z } from 'zod';
import { eventBase } from './actor.ts';
import { classesEvents } from './attendance-classes.ts';
import { correctionsEvents } from './attendance-corrections.ts';
import { leaveEvents } from './attendance-leave.ts';
import { liveEvents } from './attendance-live.ts';
import { rosterExtrasEvents } from './attendance-roster-extras.ts';
import { rostersEvents } from './attendance-rosters.ts';
import { syncEvents } from './attendance-sync.ts';
import { timesheetsEvents } from './attendance-timesheets.ts';

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
  /** Who said so: an administrator by hand, or the roster. */
  source: z.enum(['MANUAL', 'ROSTER']).optional(),
});

const pinChange = eventBase.extend({ employeeId: z.uuid() });
/** `version` is how many wrong PINs in a row there were. */
const pinRefused = pinChange.extend({ deviceId: z.uuid(), siteId: z.uuid() });

/** Topic `attendance`. One check-in is one session; its check-out carries version 2. */
export const attendanceEvents = {
  'attendance.checked-in.v1': session,
  'attendance.checked-out.v1': session.extend({ checkOutAt: z.iso.datetime(), workedMinutes: z.int() }),
  'attendance.headcount-planned.v1': headcountPlanned,
  /** A person set the PIN they type at kiosks; HR took it away; somebody typed a wrong one. Never a PIN. */
  'attendance.pin-set.v1': pinChange,
  'attendance.pin-reset.v1': pinChange,
  'attendance.pin-refused.v1': pinRefused,
  ...classesEvents,
  ...rostersEvents,
  ...rosterExtrasEvents,
  ...leaveEvents,
  ...correctionsEvents,
  ...syncEvents,
  ...liveEvents,
  ...timesheetsEvents,
} as const;
