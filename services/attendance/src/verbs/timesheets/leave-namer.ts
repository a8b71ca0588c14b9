import type { Db } from '@muster/db';
import { nameLeave, type Sums } from '../../domain/timesheets/sums.ts';
import { findLeaveNames } from '../../sql/timesheets/find-leave-names.ts';

/** Calls the leave in sums by its names as they are now. */
export async function leaveNamer(sql: Db): Promise<<T extends { sums: Sums }>(one: T) => T> {
  const names = await findLeaveNames(sql);
  return (one) => ({ ...one, sums: nameLeave(one.sums, names) });
}
