import type { Tx } from '@muster/db';
import type { Site } from '../domain/site.ts';
import { type SiteRow, siteColumns, toSite } from './site-row.ts';

/** As `findSite`, held for this transaction: `share` while people are put there, `update` to change or delete it. */
export async function lockSite(tx: Tx, id: string, mode: 'share' | 'update'): Promise<Site | undefined> {
  const [row] = await tx<SiteRow[]>`
    select ${siteColumns(tx)} from sites where id = ${id} and deleted_at is null
    ${mode === 'share' ? tx`for share` : tx`for update`}
  `;
  return row && toSite(row);
}
