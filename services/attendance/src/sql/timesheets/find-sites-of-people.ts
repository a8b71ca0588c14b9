import type { Db } from '@muster/db';

/** The site of each person, by id; whose events have not arrived is missing. */
export async function findSitesOfPeople(sql: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; siteId: string }[]>`
    select p.id, p.site_id as "siteId" from unnest(${ids as string[]}::uuid[]) as i (id) join people p on p.id = i.id`;
  return new Map(rows.map(({ id, siteId }) => [id, siteId]));
}
