import type { Db } from '@muster/db';

/** Creations that began before `before` and never ended: their process died or lost its database. */
export async function listPendingPeople(db: Db, before: string, limit: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from people where state = 'pending' and created_at < ${before} order by created_at limit ${limit}
  `;
  return rows.map((row) => row.id);
}
