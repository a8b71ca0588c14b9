import type { Db } from '../types.ts';

/**
 * Removes a parked event that was handled or given up; with `failed`, keeps it and notes why it failed again. False when
 * it is gone already.
 */
export async function settleDeadLetter(db: Db, id: string, outcome: { failed?: string } = {}): Promise<boolean> {
  const rows =
    outcome.failed === undefined
      ? await remove(db, id)
      : await db`
          update dead_letters set attempts = attempts + 1, reason = ${outcome.failed}, last_tried_at = now()
          where id = ${id} returning id
        `;
  return rows.length > 0;
}

// An event given up must not look lost, or its producer would send it again: so the inbox remembers it.
const remove = (db: Db, id: string) => db`
  with gone as (delete from dead_letters where id = ${id} returning id, event_id),
  remembered as (
    insert into inbox (event_id, consumer)
    select event_id, 'dead-letter' from gone where event_id is not null
    on conflict do nothing
  )
  select id from gone
`;
