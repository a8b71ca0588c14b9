import type { Db } from '@muster/db';

export interface ClassRow {
  id: string;
  name: string;
  siteId: string;
  zone: string | null;
  teachers: { id: string; name: string }[];
  memberCount: number;
  version: number;
}

/** Which classes: all, those of one teacher, those of one site, one by id. */
export interface ClassFilter {
  teacherId?: string | undefined;
  siteId?: string | undefined;
  id?: string | undefined;
}

/** Classes by name, and how many there are in all. A teacher whose events have not arrived has no name yet. */
export async function listClasses(
  sql: Db,
  filter: ClassFilter,
  page: { limit: number; offset: number },
): Promise<{ rows: ClassRow[]; total: number }> {
  const matches = sql`c.deleted_at is null
    ${filter.id === undefined ? sql`` : sql`and c.id = ${filter.id}`}
    ${filter.siteId === undefined ? sql`` : sql`and c.site_id = ${filter.siteId}`}
    ${filter.teacherId === undefined ? sql`` : sql`and c.id in (select class_id from class_teachers where person_id = ${filter.teacherId})`}`;
  const [rows, [count]] = await Promise.all([
    sql<ClassRow[]>`
      select c.id, c.name, c.site_id as "siteId", s.zone, c.version,
        coalesce((
          select json_agg(json_build_object('id', t.person_id, 'name', coalesce(p.name, '')) order by p.name, t.person_id)
          from class_teachers t left join people p on p.id = t.person_id where t.class_id = c.id
        ), '[]') as teachers,
        (select count(*)::int from class_members m where m.class_id = c.id) as "memberCount"
      from (
        select * from classes c where ${matches} order by c.name_key, c.id limit ${page.limit} offset ${page.offset}
      ) c left join sites s on s.id = c.site_id
      order by c.name_key, c.id`,
    sql<{ total: number }[]>`select count(*)::int as total from classes c where ${matches}`,
  ]);
  return { rows, total: count?.total ?? 0 };
}
