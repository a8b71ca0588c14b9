import type { SiteSnapshot } from '@muster/contracts';
import { claimInbox, type Sql, withTransaction } from '@muster/db';
import { upsertSite } from '../sql/upsert-site.ts';

/** Keeps what an event (`id`) says of a site, once, unless something newer is known. */
export async function projectSite(
  sql: Sql,
  event: { id: string; version: number; siteId: string; site: SiteSnapshot; deleted: boolean },
): Promise<void> {
  await withTransaction(sql, async (tx) => {
    const fresh = await claimInbox(tx, 'attendance', [event.id]);
    if (fresh.size > 0) await upsertSite(tx, event.siteId, event.version, event.site, event.deleted);
  });
}
