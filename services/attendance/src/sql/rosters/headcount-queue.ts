import type { Tx } from '@muster/db';

/** Notes that the planned headcount of these people's sites follows from another plan by now. */
export async function queueHeadcountOf(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await tx`
    insert into headcount_queue (site_id)
    select distinct site_id from people where id = any(${employeeIds as string[]}::uuid[])`;
}

/** Takes every noted site, each once. Another process' are passed over; when the transaction fails they are there again. */
export async function takeHeadcountSites(tx: Tx): Promise<string[]> {
  const rows = await tx<{ siteId: string }[]>`
    with taken as (
      delete from headcount_queue where seq in (select seq from headcount_queue order by seq for update skip locked)
      returning site_id
    )
    select distinct site_id as "siteId" from taken order by site_id`;
  return rows.map(({ siteId }) => siteId);
}
