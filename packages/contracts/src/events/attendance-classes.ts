import { z } from 'zod';
import { eventBase } from './actor.ts';

/** A class as events tell of it. Who its members are is asked for, not told: there may be a thousand. */
export const classSnapshot = z.object({
  name: z.string(),
  siteId: z.uuid(),
  teacherIds: z.array(z.uuid()),
  members: z.int(),
});
export type ClassSnapshot = z.infer<typeof classSnapshot>;

const ofClass = eventBase.extend({ classId: z.uuid() });

const mark = z.enum(['present', 'absent', 'late', 'excused']);

/** Topic `attendance`: events of classes. */
export const classesEvents = {
  'attendance.class-created.v1': ofClass.extend({ after: classSnapshot }),
  /** Its name, site, teachers or members changed; members that came and went are named. */
  'attendance.class-updated.v1': ofClass.extend({
    before: classSnapshot,
    after: classSnapshot,
    joined: z.array(z.uuid()),
    left: z.array(z.uuid()),
  }),
  'attendance.class-deleted.v1': ofClass.extend({ before: classSnapshot }),
  /** A student was marked; `version` counts the marks of the student's day in this class. */
  'attendance.class-marked.v1': ofClass.extend({
    /** The student: a person like every other. */
    employeeId: z.uuid(),
    /** The day at the class's site. */
    date: z.iso.date(),
    status: mark,
    before: z.object({ status: mark }).nullable(),
  }),
} as const;
