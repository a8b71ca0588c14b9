import { eventually } from './eventually.ts';
import { world } from './world.ts';

/** How often each id was audited as `eventType`, straight from the table: what clients see is tested elsewhere. */
export async function auditedTimes(eventType: string, ids: string[]): Promise<Map<string, number>> {
  const { sql } = await world();
  const rows = await sql('events')<{ entity_id: string; times: number }[]>`
    SELECT entity_id, count(*)::int AS times FROM audit_entries
    WHERE event_type = ${eventType} AND entity_id = ANY(${ids}::uuid[]) GROUP BY entity_id`;
  return new Map(rows.map((row) => [row.entity_id, row.times]));
}

/** Waits until every id was audited, then says which were audited more than once. */
export async function auditedOnce(eventType: string, ids: string[], safetyNetMs = 120_000): Promise<string[]> {
  const times = await eventually(
    `${ids.length} entries of ${eventType}`,
    async () => {
      const seen = await auditedTimes(eventType, ids);
      return seen.size === ids.length ? seen : undefined;
    },
    safetyNetMs,
  );
  return [...times].filter(([, count]) => count !== 1).map(([id]) => id);
}

/** Everything parked as a dead letter at one service. */
export async function deadLetters(service: string): Promise<{ event_id: string }[]> {
  const { sql } = await world();
  return sql(service)<{ event_id: string }[]>`SELECT event_id FROM dead_letters`;
}
