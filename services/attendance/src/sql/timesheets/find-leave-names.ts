import type { Db } from '@muster/db';

/** What leave types are called, by id. */
export async function findLeaveNames(sql: Db): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`select id, name from leave_types`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
