import type { Db } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

export interface PersonInSight {
  employeeId: string;
  name: string;
  siteId: string;
}

export interface Sight {
  /** Only this person. */
  employeeId?: string | undefined;
  /** Only this manager, and everybody below. */
  managerId?: string | undefined;
  siteId?: string | undefined;
}

/** People by name, and how many there are in all. */
export async function listPeopleInSight(
  db: Db,
  { employeeId, managerId, siteId }: Sight,
  page: { limit: number; offset: number },
): Promise<{ people: PersonInSight[]; total: number }> {
  const below = managerId === undefined ? db`` : peopleBelow(db, managerId);
  const which = db`p.status = 'active'
    ${employeeId === undefined ? db`` : db`and p.id = ${employeeId}`}
    ${managerId === undefined ? db`` : db`and p.id in (select id from below)`}
    ${siteId === undefined ? db`` : db`and p.site_id = ${siteId}`}`;
  const people = await db<PersonInSight[]>`
    ${below} select p.id as "employeeId", p.name, p.site_id as "siteId" from people p where ${which}
    order by p.name, p.id limit ${page.limit} offset ${page.offset}`;
  const [count] = await db<[{ total: number }]>`
    ${below} select count(*)::int as total from people p where ${which}`;
  return { people, total: count.total };
}

/** People who work at a site after an id, in order of id. */
export async function listPeopleOfSite(db: Db, siteId: string, afterId: string, limit: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from people where site_id = ${siteId} and status = 'active' and id > ${afterId} order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}
