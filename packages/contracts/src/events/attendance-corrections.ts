import { z } from 'zod';
import { eventBase } from './actor.ts';

const correction = eventBase.extend({
  correctionId: z.uuid(),
  employeeId: z.uuid(),
  change: z.enum(['add', 'replace', 'void']),
  targetId: z.uuid().nullable(),
  type: z.enum(['IN', 'OUT', 'BREAK_START', 'BREAK_END']).nullable(),
  punchAt: z.iso.datetime().nullable(),
});

const day = z.object({ status: z.string(), flags: z.array(z.string()), workedMinutes: z.int() }).nullable();
/** What the days it touched were worth, and are now. */
const approved = correction.extend({
  changes: z.array(z.object({ date: z.iso.date(), before: day, after: day })),
});

const monthLock = eventBase.extend({ lockId: z.uuid(), siteId: z.uuid(), month: z.string() });

/** Topic `attendance`: events of corrections, of missed check-outs and of closed months. */
export const correctionsEvents = {
  /** Somebody asks; waits for the person's manager. */
  'attendance.correction-requested.v1': correction,
  'attendance.correction-approved.v1': approved,
  'attendance.correction-rejected.v1': correction,
  'attendance.correction-withdrawn.v1': correction,
  /** Nobody checked out: a job did, at the instant the rules name. */
  'attendance.auto-checked-out.v1': eventBase.extend({
    employeeId: z.uuid(),
    date: z.iso.date(),
    punchId: z.uuid(),
    checkInAt: z.iso.datetime(),
    checkOutAt: z.iso.datetime(),
  }),
  'attendance.month-locked.v1': monthLock.extend({ forced: z.boolean(), people: z.int() }),
  'attendance.month-unlocked.v1': monthLock.extend({ reason: z.string(), days: z.int() }),
} as const;
