import type { Db, Tx } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

/** A roster of a site and its dates (`to` included), as a draft or published. */
export interface StoredRoster {
  id: string;
  siteId: string;
  name: string | null;
  from: string;
  to: string;
  status: 'DRAFT' | 'PUBLISHED';
  version: number;
  createdBy: string;
  createdAt: Date;
  publishedAt: Date | null;
  /** How many days of people it says something of. */
  entries: number;
}

const columns = (
  db: Db,
) => db`r.id, r.site_id as "siteId", r.name, r.from_date as from, r.to_date as to, r.status, r.version,
  r.created_by as "createdBy", r.created_at as "createdAt", r.published_at as "publishedAt",
  (select count(*)::int from roster_entries e where e.roster_id = r.id) as entries`;

export async function insertRoster(tx: Tx, r: StoredRoster): Promise<void> {
  await tx`
    insert into rosters (id, site_id, name, from_date, to_date, status, version, created_by, created_at)
    values (${r.id}, ${r.siteId}, ${r.name}, ${r.from}, ${r.to}, ${r.status}, ${r.version}, ${r.createdBy}, ${r.createdAt})`;
}

/** One roster; undefined when there is none. */
export async function findRoster(db: Db, id: string): Promise<StoredRoster | undefined> {
  const [row] = await db<StoredRoster[]>`select ${columns(db)} from rosters r where r.id = ${id}`;
  return row;
}

/** One roster, locked until the transaction ends: drafting and publishing it take turns. */
export async function lockRoster(tx: Tx, id: string): Promise<StoredRoster | undefined> {
  await tx`select from rosters where id = ${id} for update`;
  return findRoster(tx, id);
}

/** Keeps that a locked draft changed. */
export async function saveRosterVersion(tx: Tx, id: string, version: number): Promise<void> {
  await tx`update rosters set version = ${version} where id = ${id}`;
}

/** Keeps that a locked draft was published. */
export async function markPublished(tx: Tx, id: string, o: { version: number; by: string; at: Date }): Promise<void> {
  await tx`
    update rosters set status = 'PUBLISHED', version = ${o.version}, published_by = ${o.by}, published_at = ${o.at}
    where id = ${id}`;
}

/** Takes a locked draft away, with its entries. */
export async function deleteRoster(tx: Tx, id: string): Promise<void> {
  await tx`delete from rosters where id = ${id}`;
}

/** Rosters, the latest first, of everybody or of those a manager stands above; and how many there are in all. */
export async function listRosters(
  db: Db,
  o: {
    managerId: string | undefined;
    siteId: string | undefined;
    status: 'DRAFT' | 'PUBLISHED' | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ rosters: StoredRoster[]; total: number }> {
  const below = o.managerId === undefined ? db`` : peopleBelow(db, o.managerId);
  const which = db`
    ${o.managerId === undefined ? db`` : db`and r.created_by in (select id from below)`}
    ${o.siteId === undefined ? db`` : db`and r.site_id = ${o.siteId}`}
    ${o.status === undefined ? db`` : db`and r.status = ${o.status}`}`;
  const rosters = await db<StoredRoster[]>`
    ${below} select ${columns(db)} from rosters r where true ${which}
    order by r.id desc limit ${o.limit} offset ${o.offset}`;
  const [count] = await db<[{ total: number }]>`
    ${below} select count(*)::int as total from rosters r where true ${which}`;
  return { rosters, total: count.total };
}
