import type { Tx } from '@muster/db';

/**
 * Takes the leave that waits longest to be counted again, with all its dates; undefined when there is none that another process has not
 * taken. When the transaction fails it is there again.
 */
export async function takeRecount(tx: Tx): Promise<{ requestId: string; dates: string[] } | undefined> {
  const rows = await tx<{ requestId: string; date: string }[]>`
    with oldest as (select request_id from leave_recounts order by seq limit 1 for update skip locked)
    delete from leave_recounts where seq in (
      select q.seq from leave_recounts q join oldest o on o.request_id = q.request_id for update of q skip locked
    ) returning request_id as "requestId", date`;
  const [first] = rows;
  return first && { requestId: first.requestId, dates: rows.map(({ date }) => date) };
}
