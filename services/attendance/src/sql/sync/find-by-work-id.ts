import type { Db } from '@muster/db';

export interface KnownByWorkId {
  id: string;
  workId: string;
  status: 'active' | 'deleted';
}

/** The people of a site with these work ids. Two with one id are both there. */
export async function findByWorkId(sql: Db, siteId: string, workIds: readonly string[]): Promise<KnownByWorkId[]> {
  return sql<KnownByWorkId[]>`
    select id, work_id as "workId", status from people
    where work_id = any(${workIds as string[]}::text[]) and site_id = ${siteId}`;
}
