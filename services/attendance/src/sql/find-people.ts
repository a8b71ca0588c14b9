import type { Db } from '@muster/db';

export interface PersonAtSite {
  id: string;
  name: string;
  status: 'active' | 'deleted';
  department: string | null;
  siteId: string;
  /** Null while the site's own event has not arrived. */
  zone: string | null;
}

/** The projected people among `ids`, by id. Somebody whose events have not arrived is missing from the map. */
export async function findPeople(sql: Db, ids: readonly string[]): Promise<Map<string, PersonAtSite>> {
  const rows = await sql<PersonAtSite[]>`
    select p.id, p.name, p.status, p.department, p.site_id as "siteId", s.zone
    from unnest(${ids as string[]}::uuid[]) as i (id)
    join people p on p.id = i.id
    left join sites s on s.id = p.site_id`;
  return new Map(rows.map((row) => [row.id, row]));
}
