/** Whose mark, in which class, of which local day (`YYYY-MM-DD`). */
export interface MarkKey {
  classId: string;
  studentId: string;
  date: string;
}

/** The key a mark has in Redis. */
export const cacheKeyOf = ({ classId, studentId, date }: MarkKey): string =>
  `attendance_${classId}_${studentId}_${date}`;

/** Reads a key that has the form of {@link cacheKeyOf}. Its date may still be none: `2026-02-31`. */
export function readCacheKey(key: string): MarkKey {
  const [, classId = '', studentId = '', date = ''] = key.split('_');
  return { classId, studentId, date };
}
