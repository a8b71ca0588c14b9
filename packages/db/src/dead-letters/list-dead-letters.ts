import type { Db } from '../types.ts';
import type { DeadLetter } from './dead-letter.ts';

/** Parked events, oldest first; `after` is the id of the last one already seen. Default limit 100. */
export async function listDeadLetters(
  db: Db,
  options: { limit?: number; after?: string | undefined } = {},
): Promise<DeadLetter[]> {
  return db<DeadLetter[]>`
    select id, event_id as "eventId", topic, type, payload, reason, attempts, parked_at as "parkedAt",
           last_tried_at as "lastTriedAt"
    from dead_letters
    where id > ${options.after ?? '00000000-0000-0000-0000-000000000000'}
    order by id
    limit ${options.limit ?? 100}
  `;
}
