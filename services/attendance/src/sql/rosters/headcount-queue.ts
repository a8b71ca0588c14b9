import type { Tx } from '@muster/db';

/** Notes that the planned headcount of these people's sites follows from another plan by now. */
export async function queueHeadcountOf(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await tx`
    insert into headcount_queue (site_id)
    select distinct site_id from people where id = any(${employeeIds as string[]}::uuid[])`;
}

/** Notes it of these sites; null is none. */
export async function queueHeadcountAt(tx: Tx, siteIds: readonly (string | null | undefined)[]): Promise<void> {
  const ids = siteIds.filter((id) => typeof id === 'string');
  await tx`insert into headcount_queue (site_id) select unnest(${ids}::uuid[])`;
}

/** Notes it of every site where somebody works. */
export async function queueHeadcountOfAll(tx: Tx): Promise<void> {
  await tx`insert into headcount_queue (site_id) select distinct site_id from people where status = 'active'`;
}

/**
 * Takes one noted site, the oldest, with every time it was noted; undefined when there is none that another process has not taken. When
 * the transaction fails it is there again.
 */
export async function takeHeadcountSite(tx: Tx): Promise<string | undefined> {
  const [row] = await tx<{ siteId: string }[]>`
    with oldest as (select site_id from headcount_queue order by seq limit 1 for update skip locked)
    delete from headcount_queue where seq in (
      select q.seq from headcount_queue q join oldest o on o.site_id = q.site_id for update of q skip locked
    ) returning site_id as "siteId"`;
  return row?.siteId;
}
