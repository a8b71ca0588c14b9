import type { Tx } from '../types.ts';

/** Sets events aside that could not be sent one by one. The next try is due after a quarter of their age, `mostS` at most. */
export async function postpone(tx: Tx, ids: readonly string[], mostS: number): Promise<void> {
  if (ids.length === 0) return;
  await tx`
    update outbox
    set next_check_at = now() + least(
      greatest((now() - created_at) / 4, interval '500 milliseconds'),
      make_interval(secs => ${mostS})
    )
    where id = any(${[...ids]}::uuid[])
  `;
}
