import type { Tx } from '../types.ts';

/** Notes that the broker took these events, and when to ask whether they arrived: 10 s after the first time, then later. */
export async function markPublished(tx: Tx, ids: readonly string[], checkAfterS: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx`
    update outbox
    set published_at = now(), attempts = attempts + 1,
        next_check_at = now() + make_interval(secs =>
          (${[...checkAfterS]}::float8[])[least(attempts + 1, ${checkAfterS.length})])
    where id = any(${[...ids]}::uuid[])
  `;
}
