import type { Db } from '../types.ts';

/** How many parked events wait for somebody's decision. */
export async function countDeadLetters(db: Db): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*) as count from dead_letters`;
  return row?.count ?? 0;
}
