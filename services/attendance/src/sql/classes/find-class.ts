import type { Db } from '@muster/db';

export interface FoundClass {
  id: string;
  siteId: string;
  /** Null while the site's own event has not arrived. */
  zone: string | null;
  /** Whether the person asked about teaches it. */
  isTeacher: boolean;
}

/** A class that was not deleted, and whether `personId` teaches it. */
export async function findClass(sql: Db, id: string, personId: string): Promise<FoundClass | undefined> {
  const [row] = await sql<FoundClass[]>`
    select c.id, c.site_id as "siteId", s.zone,
      exists (select from class_teachers t where t.class_id = c.id and t.person_id = ${personId}) as "isTeacher"
    from classes c left join sites s on s.id = c.site_id
    where c.id = ${id} and c.deleted_at is null`;
  return row;
}
