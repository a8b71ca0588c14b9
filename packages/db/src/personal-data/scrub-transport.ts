import { concerns, didIt, type EventEnvelope, envelopeSchema, withoutPerson } from '@muster/contracts';
import { withTransaction } from '../transaction.ts';
import type { Sql, Tx } from '../types.ts';

const pageSize = 2_000;

/**
 * Erases a person from what travels: events of this service that wait or are kept for a day, parked ones, and answers kept
 * for repeated requests. What is still to be published is published without the person.
 */
export async function scrubTransport(sql: Sql, personId: string): Promise<void> {
  for (const table of ['outbox', 'dead_letters'] as const) {
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const from: string = after;
      after = await withTransaction(sql, (tx) => scrubPage(tx, table, personId, from));
    }
  }
  await sql`
    delete from idempotency_keys
    where scope like ${`%${personId}%`} or body::text like ${`%${personId}%`} or headers::text like ${`%${personId}%`}
  `;
}

/** One page by id, so that no statement reads a whole day of events. Returns where the next one begins. */
async function scrubPage(tx: Tx, table: string, personId: string, after: string): Promise<string | undefined> {
  const [page] = await tx<{ last: string | null }[]>`
    select max(id::text) as last from (
      select id from ${tx(table)} where id > ${after} order by id limit ${pageSize}
    ) as page
  `;
  if (!page?.last) return undefined;
  const rows = await tx<{ id: string; payload: unknown }[]>`
    select id, payload from ${tx(table)}
    where id > ${after} and id <= ${page.last} and payload::text ilike ${`%${personId}%`} for update
  `;
  for (const { id, payload } of rows) {
    const event = envelopeSchema.safeParse(payload);
    if (!event.success) await tx`delete from ${tx(table)} where id = ${id}`;
    else if (concerns(event.data, personId) || didIt(event.data, personId))
      await replace(tx, table, id, event.data, personId);
  }
  return page.last;
}

async function replace(tx: Tx, table: string, id: string, event: EventEnvelope, personId: string): Promise<void> {
  const payload = JSON.stringify(withoutPerson(event, personId));
  await tx`update ${tx(table)} set payload = ${payload}::text::json where id = ${id}`;
}
