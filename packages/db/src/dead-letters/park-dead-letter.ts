import { v7 } from 'uuid';
import type { Db } from '../types.ts';

export interface NewDeadLetter {
  eventId?: string | undefined;
  topic: string;
  type?: string | undefined;
  payload: unknown;
  reason?: string | undefined;
}

/** Keeps an event that kept failing. The same event again only renews the reason: delivery is at least once. */
export async function parkDeadLetter(db: Db, letter: NewDeadLetter): Promise<void> {
  const { eventId = null, topic, type = null, payload, reason = null } = letter;
  await db`
    insert into dead_letters (id, event_id, topic, type, payload, reason)
    values (${v7()}, ${eventId}, ${topic}, ${type}, ${JSON.stringify(payload ?? null)}::text::json, ${reason})
    on conflict (event_id) do update set reason = coalesce(excluded.reason, dead_letters.reason)
  `;
}
