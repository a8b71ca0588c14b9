import type { Db } from '@muster/db';

/** Somebody in a roster file. */
export interface FilePerson {
  id: string;
  workId: string | null;
  name: string;
  siteId: string;
  /** Null while the site's own event has not arrived. */
  zone: string | null;
}

/** Whose rosters: everybody's, or narrowed. */
export interface FileSight {
  employeeId?: string | undefined;
  /** This manager, and everybody below. */
  managerId?: string | undefined;
  siteId?: string | undefined;
  departments?: readonly string[] | undefined;
}

const columns = (db: Db) => db`p.id, p.work_id as "workId", p.name, p.site_id as "siteId", s.zone`;
/** Walks the line of command down by an index; `union` ends in a circle, too. */
const below = (db: Db, managerId: string | undefined) =>
  managerId === undefined
    ? db``
    : db`
      with recursive below (id) as (
        select ${managerId}::uuid
        union
        select p.id from people p join below on p.manager_id = below.id
      )`;
const inSight = (db: Db, managerId: string | undefined) =>
  db`p.status = 'active' ${managerId === undefined ? db`` : db`and p.id in (select id from below)`}`;

/** People in order of id, from the one after `after` on. */
export async function listFilePeople(db: Db, sight: FileSight, after: string, limit: number): Promise<FilePerson[]> {
  const { employeeId, managerId, siteId, departments } = sight;
  return db<FilePerson[]>`
    ${below(db, managerId)} select ${columns(db)} from people p left join sites s on s.id = p.site_id
    where ${inSight(db, managerId)} and p.id > ${after}
      ${employeeId === undefined ? db`` : db`and p.id = ${employeeId}`}
      ${siteId === undefined ? db`` : db`and p.site_id = ${siteId}`}
      ${departments === undefined ? db`` : db`and p.department = any(${departments as string[]})`}
    order by p.id limit ${limit}`;
}

/** Those in sight among these ids and work ids. */
export async function findFilePeople(
  db: Db,
  named: { ids: readonly string[]; workIds: readonly string[] },
  managerId: string | undefined,
): Promise<FilePerson[]> {
  return db<FilePerson[]>`
    ${below(db, managerId)} select ${columns(db)} from people p left join sites s on s.id = p.site_id
    where ${inSight(db, managerId)}
      and (p.id = any(${named.ids as string[]}::uuid[]) or p.work_id = any(${named.workIds as string[]}::text[]))`;
}
