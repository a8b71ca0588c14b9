import type { EventData, EventEnvelope } from '@muster/contracts';

/** A student of a class was marked. `version` counts the marks of that student's day: order is not promised. */
export interface ClassMark {
  kind: 'marked';
  classId: string;
  studentId: string;
  date: string;
  status: EventData<'attendance.class-marked.v1'>['status'];
  version: number;
}

/** Who teaches a class now; nobody where it was deleted. */
export interface ClassTeachers {
  kind: 'teachers';
  classId: string;
  teacherIds: readonly string[];
  isDeleted: boolean;
}

export type ClassNews = ClassMark | ClassTeachers;

/** Reads an event of a class; undefined for every other one. */
export function classNewsOf(event: EventEnvelope): ClassNews | undefined {
  switch (event.type) {
    case 'attendance.class-marked.v1': {
      const { classId, employeeId, date, status, version } =
        event.data as unknown as EventData<'attendance.class-marked.v1'>;
      return { kind: 'marked', classId, studentId: employeeId, date, status, version };
    }
    case 'attendance.class-updated.v1': {
      const { classId, after } = event.data as unknown as EventData<'attendance.class-updated.v1'>;
      return { kind: 'teachers', classId, teacherIds: after.teacherIds, isDeleted: false };
    }
    case 'attendance.class-deleted.v1': {
      const { classId } = event.data as unknown as EventData<'attendance.class-deleted.v1'>;
      return { kind: 'teachers', classId, teacherIds: [], isDeleted: true };
    }
    default:
      return undefined;
  }
}
