import type { Db } from '@muster/db';

/** The sites that are there, in order. */
export async function listSites(sql: Db): Promise<{ id: string; name: string; zone: string }[]> {
  return sql<
    { id: string; name: string; zone: string }[]
  >`select id, name, zone from sites where not deleted order by id`;
}
