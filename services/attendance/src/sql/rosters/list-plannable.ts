import type { Db } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

/** Somebody who may be planned for. */
export interface Plannable {
  id: string;
  siteId: string;
  /** Null while the site's own event has not arrived. */
  zone: string | null;
}

/** Those among `ids` who are there, by id; with `managerId` only that manager and the people below. */
export async function listPlannable(
  db: Db,
  ids: readonly string[],
  managerId: string | undefined,
): Promise<Map<string, Plannable>> {
  const rows = await db<Plannable[]>`
    ${managerId === undefined ? db`` : peopleBelow(db, managerId)}
    select p.id, p.site_id as "siteId", s.zone from people p left join sites s on s.id = p.site_id
    where p.id = any(${ids as string[]}::uuid[]) and p.status = 'active'
      ${managerId === undefined ? db`` : db`and p.id in (select id from below)`}`;
  return new Map(rows.map((row) => [row.id, row]));
}
