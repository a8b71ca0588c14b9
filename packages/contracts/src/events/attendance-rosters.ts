import { z } from 'zod';
import { eventBase } from './actor.ts';

const wallTime = z.string();
/** What a shift type is called and when it is; all of it is read from attendance. */
const shiftType = eventBase.extend({
  shiftTypeId: z.uuid(),
  /** The change counts for shifts of this date and later ones. */
  validFrom: z.iso.date(),
  after: z.object({ name: z.string(), start: wallTime, end: wallTime, zone: z.string().nullable() }),
});
const retired = eventBase.extend({ shiftTypeId: z.uuid() });

const rotation = eventBase.extend({ rotationId: z.uuid(), name: z.string() });

/** Somebody works a shift type or a rotation from a date on, or no longer does. */
const assignment = eventBase.extend({
  assignmentId: z.uuid(),
  employeeId: z.uuid(),
  kind: z.enum(['ASSIGNMENT', 'DEFAULT']),
  shiftTypeId: z.uuid().nullable(),
  rotationId: z.uuid().nullable(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
});

const draft = eventBase.extend({
  rosterId: z.uuid(),
  siteId: z.uuid(),
  from: z.iso.date(),
  to: z.iso.date(),
});

/** Topic `attendance`: events of rosters. */
export const rostersEvents = {
  'attendance.shift-type-created.v1': shiftType,
  'attendance.shift-type-changed.v1': shiftType,
  'attendance.shift-type-retired.v1': retired,
  'attendance.rotation-created.v1': rotation,
  'attendance.rotation-retired.v1': rotation,
  'attendance.shift-assigned.v1': assignment,
  'attendance.shift-assignment-changed.v1': assignment,
  'attendance.shift-assignment-removed.v1': assignment,
  'attendance.roster-drafted.v1': draft,
  'attendance.roster-discarded.v1': draft,
  /** One event for each thousand people whose shifts changed; one without anybody where nobody's did. */
  'attendance.roster-published.v1': draft.extend({ employeeIds: z.array(z.uuid()).max(1000) }),
} as const;
