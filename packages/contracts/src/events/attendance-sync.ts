import { z } from 'zod';
import { eventBase } from './actor.ts';

/** One call brought punches that were made earlier. Counts of punches; `from`…`to` is when the accepted ones happened. */
const punchesBrought = eventBase.extend({
  siteId: z.uuid().nullable(),
  deviceId: z.uuid().nullable(),
  accepted: z.int(),
  conflicts: z.int(),
  rejected: z.int(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** Whose punches were accepted. */
  employeeIds: z.array(z.uuid()),
});

const onBreak = eventBase.extend({
  attendanceId: z.uuid(),
  employeeId: z.uuid(),
  siteId: z.uuid(),
  date: z.iso.date(),
  at: z.iso.datetime(),
});

const punchHeld = eventBase.extend({
  employeeId: z.uuid(),
  /** What one call brought of the person. */
  heldPunchIds: z.array(z.uuid()),
  reason: z.enum(['clock_not_believed', 'too_old']),
});

const enforcement = z.enum(['off', 'flag', 'refuse']);
const siteSettings = z.object({
  geofence: enforcement,
  missingPlace: enforcement,
  ipAllowList: enforcement,
  kioskLagHours: z.int(),
});

/** Topic `attendance`: events of sync, breaks and places. */
export const syncEvents = {
  /** `skewMs`: how far the device's clock was ahead of ours. */
  'attendance.punches-synced.v1': punchesBrought.extend({ skewMs: z.int(), corrected: z.boolean() }),
  'attendance.punches-imported.v1': punchesBrought.extend({ format: z.enum(['attlog', 'csv']), rows: z.int() }),
  'attendance.punch-held.v1': punchHeld,
  'attendance.held-punch-dismissed.v1': eventBase.extend({ employeeId: z.uuid(), heldPunchId: z.uuid() }),
  'attendance.break-started.v1': onBreak,
  'attendance.break-ended.v1': onBreak.extend({ startedAt: z.iso.datetime() }),
  'attendance.site-settings-changed.v1': eventBase.extend({
    siteId: z.uuid(),
    before: siteSettings,
    after: siteSettings,
  }),
} as const;
