import type { Db } from '@muster/db';

/** The zone of a site that is there; undefined when it is unknown or was deleted. */
export async function findSite(sql: Db, id: string): Promise<{ zone: string } | undefined> {
  const [row] = await sql<{ zone: string }[]>`select zone from sites where id = ${id} and not deleted`;
  return row;
}
