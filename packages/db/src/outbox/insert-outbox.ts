import type { Db } from '../types.ts';
import type { OutboxEvent } from './new-event.ts';
import { outboxRows } from './outbox-rows.ts';

/** Stores events beside the change they tell of (same transaction), in one statement. Wake the relay after the commit. */
export async function insertOutbox(db: Db, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { ids, topics, types, subjects, payloads } = outboxRows(events);
  await db`
    insert into outbox (id, topic, type, subject, payload)
    select id, topic, type, subject, payload::json
    from unnest(${ids}::uuid[], ${topics}::text[], ${types}::text[], ${subjects}::text[], ${payloads}::text[])
      as event (id, topic, type, subject, payload)
  `;
}
