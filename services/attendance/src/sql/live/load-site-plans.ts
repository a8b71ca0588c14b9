import type { Db } from '@muster/db';
import type { StoredPlan } from './board-row.ts';

export interface SitePlan {
  plan: StoredPlan;
  employeeIds: string[];
}

/** The plans of a site that count at an instant, Unix milliseconds, each with everybody it is the plan of: thousands share one. */
export async function loadSitePlans(sql: Db, siteId: string, nowMs: number): Promise<SitePlan[]> {
  const now = new Date(nowMs);
  const day = (days: number): string => new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);
  const rows = await sql<{ plan: string; ids: string }[]>`
    select plan, string_agg(employee_id::text, ',') as ids from live_plans
    where site_id = ${siteId} and date between ${day(-2)} and ${day(2)} and from_at <= ${now} and until_at > ${now}
    group by plan`;
  return rows.map(({ plan, ids }) => ({ plan: JSON.parse(plan) as StoredPlan, employeeIds: ids.split(',') }));
}
