import type { EventEnvelope } from '@muster/contracts';
import type { Sql } from '@muster/db';

/** What the service's transactions left in its outbox, oldest first; of one type where it is named. */
export async function publishedEvents(sql: Sql, type?: string): Promise<EventEnvelope[]> {
  const rows = await sql<{ payload: EventEnvelope }[]>`
    select payload from outbox ${type === undefined ? sql`` : sql`where type = ${type}`} order by seq
  `;
  return rows.map((row) => row.payload);
}
