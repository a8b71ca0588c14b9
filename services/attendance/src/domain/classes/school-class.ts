import type { ClassSnapshot } from '@muster/contracts';

/** A class with everybody in it. */
export interface SchoolClass {
  id: string;
  name: string;
  siteId: string;
  teacherIds: readonly string[];
  memberIds: readonly string[];
  version: number;
}

/** What may be changed of one; lists of people are whole. */
export type ClassChange = Partial<{ [F in 'name' | 'siteId']: string | undefined }> &
  Partial<{ [F in 'teacherIds' | 'memberIds']: readonly string[] | undefined }>;

/** Each person once, in an order of its own. */
export const asSet = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

const same = (one: readonly string[], other: readonly string[]): boolean => asSet(one).join() === asSet(other).join();

/** The class after a change, one version on; the very same object where nothing changes. */
export function changeClass(before: SchoolClass, change: ClassChange): SchoolClass {
  const { name = before.name, siteId = before.siteId } = change;
  const teacherIds = asSet(change.teacherIds ?? before.teacherIds);
  const memberIds = asSet(change.memberIds ?? before.memberIds);
  const isSame =
    name === before.name &&
    siteId === before.siteId &&
    same(teacherIds, before.teacherIds) &&
    same(memberIds, before.memberIds);
  return isSame ? before : { ...before, name, siteId, teacherIds, memberIds, version: before.version + 1 };
}

/** Those of `some` who are not among `others`. */
export function without(some: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return some.filter((id) => !known.has(id));
}

/** A class as events tell of it. */
export const classSnapshotOf = ({ name, siteId, teacherIds, memberIds }: SchoolClass): ClassSnapshot => ({
  name,
  siteId,
  teacherIds: [...teacherIds],
  members: memberIds.length,
});
