import type { Tx } from '@muster/db';

/** The version of a site's plan, 0 before the first; locked until the transaction ends, so that plans take turns. */
export async function lockHeadcountPlan(tx: Tx, siteId: string): Promise<number> {
  await tx`insert into headcount_plans (site_id) values (${siteId}) on conflict do nothing`;
  const [row] = await tx<[{ version: number }]>`
    select version from headcount_plans where site_id = ${siteId} for update`;
  return row.version;
}
