import type { MarkStatus } from '@muster/contracts/http/attendance';
import type { Tx } from '@muster/db';
import type { MarkKey } from '../../domain/classes/cache-key.ts';
import type { Mark } from '../../domain/classes/mark.ts';

export interface MarkInput extends MarkKey {
  status: MarkStatus;
  nowMs: number;
  markedBy: string;
  /** Until when Redis may hold it, Unix milliseconds. */
  cachedUntilMs: number;
}

interface Row {
  version: number;
  markedAt: Date;
  before: MarkStatus | null;
}

/**
 * Marks a member and keeps the mark in the history; undefined for somebody who is no member. Marks of one student's day wait
 * for each other here, and each is at least a millisecond after the one before.
 */
export async function saveMark(tx: Tx, m: MarkInput): Promise<{ mark: Mark; before: MarkStatus | null } | undefined> {
  const [row] = await tx<Row[]>`
    with marked as (
      insert into class_marks as k (student_id, class_id, date, status, marked_at, marked_by, cached_until)
      select person_id, class_id, ${m.date}, ${m.status}, ${new Date(m.nowMs)}::timestamptz, ${m.markedBy}::uuid,
        ${new Date(m.cachedUntilMs)}::timestamptz
      from class_members where class_id = ${m.classId} and person_id = ${m.studentId}
      on conflict (class_id, date, student_id) do update set
        status = excluded.status, marked_by = excluded.marked_by, version = k.version + 1,
        marked_at = greatest(excluded.marked_at, k.marked_at + interval '1 millisecond'),
        cached_until = greatest(excluded.cached_until, k.cached_until)
      returning new.*, old.status as before
    ), kept as (
      insert into class_mark_history (student_id, class_id, date, version, status, marked_at, marked_by)
      select student_id, class_id, date, version, status, marked_at, marked_by from marked
    )
    select version, marked_at as "markedAt", before from marked`;
  if (row === undefined) return undefined;
  const { classId, studentId, date, status } = m;
  const mark = { classId, studentId, date, status, version: row.version, markedAtMs: row.markedAt.getTime() };
  return { mark, before: row.before };
}
