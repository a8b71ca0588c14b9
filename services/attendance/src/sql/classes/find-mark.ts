import type { MarkStatus } from '@muster/contracts/http/attendance';
import type { Db } from '@muster/db';
import type { MarkKey } from '../../domain/classes/cache-key.ts';
import type { Mark } from '../../domain/classes/mark.ts';

/** What counts for a student's day in a class; undefined where nobody was marked. */
export async function findMark(sql: Db, { classId, studentId, date }: MarkKey): Promise<Mark | undefined> {
  const [row] = await sql<{ status: MarkStatus; version: number; markedAt: Date }[]>`
    select status, version, marked_at as "markedAt" from class_marks
    where class_id = ${classId} and date = ${date} and student_id = ${studentId}`;
  return (
    row && { classId, studentId, date, status: row.status, version: row.version, markedAtMs: row.markedAt.getTime() }
  );
}
