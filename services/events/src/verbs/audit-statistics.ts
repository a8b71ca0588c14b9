import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { dayBounds } from '../domain/day-bounds.ts';
import { countAuditRows, listAuditCounts } from '../sql/audit-entries.ts';

export interface AuditStatistics {
  total: number;
  /** Events of the default site's local day. */
  today: number;
  byEventType: { eventType: string; count: number }[];
}

/** How many events there are, were today, and are of each type. Admins only. */
export async function auditStatistics(deps: Deps, actor: Actor): Promise<AuditStatistics> {
  authorise(actor, 'audit.read');
  const { from, to } = dayBounds(deps.clock.now(), deps.zone);
  const [today, byEventType] = await Promise.all([countAuditRows(deps.sql, from, to), listAuditCounts(deps.sql)]);
  return { total: byEventType.reduce((sum, { count }) => sum + count, 0), today, byEventType };
}
