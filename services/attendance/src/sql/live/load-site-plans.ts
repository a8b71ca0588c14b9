import type { Db } from '@muster/db';
import { bytesPerPart, PackedRecords } from '../../domain/live/packed-records.ts';
import { uuidBytes } from '../../domain/live/uuid-index.ts';
import type { StoredPlan } from './board-row.ts';
import { readParts } from './read-parts.ts';

export interface SitePlan {
  plan: StoredPlan;
  /** UUIDs. */
  employeeIds: PackedRecords;
}

/** The plans of a site that count at an instant, Unix milliseconds, each with those it is the plan of: thousands share one. */
export async function loadSitePlans(sql: Db, siteId: string, nowMs: number): Promise<SitePlan[]> {
  const now = new Date(nowMs);
  const day = (days: number): string => new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);
  const known = new Map<string, StoredPlan>();
  const plans: SitePlan[] = [];
  const query = sql<{ plan: string; ids: string }[]>`
    with near as materialized (
      select plan, string_agg(uuid_send(employee_id), '') as ids from live_plans
      where site_id = ${siteId} and date between ${day(-2)} and ${day(2)} and from_at <= ${now} and until_at > ${now}
      group by plan
    )
    select plan, encode(substring(ids from part for ${bytesPerPart}), 'hex') as ids
    from near, generate_series(1, length(ids), ${bytesPerPart}) as part`;
  await readParts(query, ({ plan: text, ids }) => {
    const plan = known.get(text) ?? (JSON.parse(text) as StoredPlan);
    known.set(text, plan);
    plans.push({ plan, employeeIds: new PackedRecords([ids], uuidBytes) });
  });
  return plans;
}
