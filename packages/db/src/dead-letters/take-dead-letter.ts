import type { Tx } from '../types.ts';
import type { DeadLetter } from './dead-letter.ts';

/** Locks a parked event for another try, until the transaction ends. Undefined when it is gone or being tried already. */
export async function takeDeadLetter(tx: Tx, id: string): Promise<DeadLetter | undefined> {
  const [letter] = await tx<DeadLetter[]>`
    select id, event_id as "eventId", topic, type, payload, reason, attempts, parked_at as "parkedAt",
           last_tried_at as "lastTriedAt"
    from dead_letters where id = ${id}
    for update skip locked
  `;
  return letter;
}
