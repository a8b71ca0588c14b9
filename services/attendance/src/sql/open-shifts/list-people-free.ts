import type { Db } from '@muster/db';

/** People who work at a site on a date and are not on leave then, after an id, in order of id. */
export async function listPeopleFree(
  db: Db,
  { siteId, date }: { siteId: string; date: string },
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select p.id from people p
    where p.site_id = ${siteId} and p.status = 'active' and p.id > ${afterId} and (p.hired_on is null or p.hired_on <= ${date})
      and not exists (select from leave_days d where d.employee_id = p.id and d.date = ${date} and d.approved)
    order by p.id limit ${limit}`;
  return rows.map(({ id }) => id);
}
