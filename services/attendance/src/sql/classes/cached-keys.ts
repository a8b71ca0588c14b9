import type { Db } from '@muster/db';
import type { MarkKey } from '../../domain/classes/cache-key.ts';

/** Notes that Redis may hold this mark until then, before it does: what is not noted could not be dropped. */
export async function noteCached(sql: Db, { classId, studentId, date }: MarkKey, untilMs: number): Promise<void> {
  const until = new Date(untilMs);
  await sql`
    update class_marks set cached_until = ${until}
    where class_id = ${classId} and date = ${date} and student_id = ${studentId} and cached_until < ${until}`;
}

/** The marks Redis may still hold: of a class, or of one student in it. */
export const listCached = (
  sql: Db,
  classId: string,
  studentId: string | undefined,
  nowMs: number,
): Promise<MarkKey[]> =>
  sql<MarkKey[]>`
    select class_id as "classId", student_id as "studentId", date from class_marks
    where class_id = ${classId} and cached_until > ${new Date(nowMs)}
      ${studentId === undefined ? sql`` : sql`and student_id = ${studentId}`}
    order by date desc`;

/** Keeps keys that could not be dropped. */
export async function oweKeys(sql: Db, keys: readonly string[]): Promise<void> {
  await sql`
    insert into class_cache_owed (key) select * from unnest(${keys as string[]}::text[]) on conflict do nothing`;
}

/** Some keys that have to be dropped; other processes take others. */
export const takeOwedKeys = async (tx: Db, limit: number): Promise<string[]> => {
  const rows = await tx<{ key: string }[]>`select key from class_cache_owed limit ${limit} for update skip locked`;
  return rows.map(({ key }) => key);
};

/** They were dropped. */
export async function settleKeys(tx: Db, keys: readonly string[]): Promise<void> {
  await tx`delete from class_cache_owed where key = any(${keys as string[]})`;
}
