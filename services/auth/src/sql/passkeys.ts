import type { Db } from '@muster/db';

/** How many passkeys the person has. */
export async function countPasskeys(sql: Db, userId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*) as count from passkeys where user_id = ${userId}`;
  return row?.count ?? 0;
}
