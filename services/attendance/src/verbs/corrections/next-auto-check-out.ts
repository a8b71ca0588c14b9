import type { Deps } from '../../deps.ts';
import { nextAutoClose } from '../../sql/corrections/auto-close.ts';

/** When somebody is checked out automatically next; undefined: nobody is, as things are. */
export async function nextAutoCheckOut({ sql }: Pick<Deps, 'sql'>): Promise<Temporal.Instant | undefined> {
  const atMs = await nextAutoClose(sql);
  return atMs === null ? undefined : Temporal.Instant.fromEpochMilliseconds(atMs);
}
