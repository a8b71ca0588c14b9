import type { Db } from '@muster/db';

/** Whether a month that reaches beyond a date is closed: of a site, or of any where none is named. */
export async function isLockedFrom(sql: Db, siteId: string | null, date: string): Promise<boolean> {
  const [row] = await sql<[{ locked: boolean }]>`
    select exists (
      select from month_locks where unlocked_at is null and month >= date_trunc('month', ${date}::date)
        ${siteId === null ? sql`` : sql`and site_id = ${siteId}`}
    ) as locked`;
  return row.locked;
}
