import type { Db } from '@muster/db';

/** Where people work, by person; who is not projected yet is missing. */
export async function findSitesOf(sql: Db, employeeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; siteId: string }[]>`
    select p.id, p.site_id as "siteId" from unnest(${employeeIds as string[]}::uuid[]) as i (id) join people p on p.id = i.id`;
  return new Map(rows.map(({ id, siteId }) => [id, siteId]));
}
