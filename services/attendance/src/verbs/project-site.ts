import type { SiteSnapshot } from '@muster/contracts';
import { claimInbox, type Sql, withTransaction } from '@muster/db';
import { queueHeadcountAt } from '../sql/rosters/headcount-queue.ts';
import { upsertSite } from '../sql/upsert-site.ts';
import { followPlaces } from './rosters/follow-places.ts';

/** Keeps what an event (`id`) says of a site, once, unless something newer is known. Plans follow its zone. */
export async function projectSite(
  sql: Sql,
  event: { id: string; version: number; siteId: string; site: SiteSnapshot; deleted: boolean },
): Promise<void> {
  await withTransaction(sql, async (tx) => {
    const fresh = await claimInbox(tx, 'attendance', [event.id]);
    if (fresh.size === 0) return;
    await upsertSite(tx, event.siteId, event.version, event.site, event.deleted);
    await followPlaces(tx, { siteId: event.siteId }, Date.now());
    await queueHeadcountAt(tx, [event.siteId]);
  });
}
