import type { Client, World } from '../harness.ts';

export interface School {
  classId: string;
  siteId: string;
  hr: Client;
  teacher: Client;
  students: string[];
}

/** A class with a teacher and some students, at a site of its own. */
export async function createSchool(w: World, o: { zone?: string; students?: number } = {}): Promise<School> {
  const siteId = await w.site(o.zone ?? 'Europe/Berlin');
  const hr = await w.person({ role: 'hr', at: siteId });
  const teacher = await w.person({ role: 'teacher', at: siteId });
  const students: string[] = [];
  for (let n = 0; n < (o.students ?? 3); n++) students.push((await w.person({ at: siteId })).actor.id);
  const body = { name: `Class ${siteId}`, siteId, teacherIds: [teacher.actor.id], memberIds: students };
  const made = await hr.send('POST', '/api/classes', { body });
  return { classId: made.body.id, siteId, hr, teacher, students };
}

export const mark = (
  who: Client,
  classId: string,
  studentId: string | undefined,
  status = 'present',
  more: object = {},
) => who.send('POST', '/api/attendance/mark', { body: { classId, studentId, status, ...more } });

export const readMark = (who: Client, classId: string, studentId: string | undefined, more = '') =>
  who.send('GET', `/api/attendance/student?classId=${classId}&studentId=${studentId}${more}`);
