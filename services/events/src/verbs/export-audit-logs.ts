import type { AuditEntry } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import type { AuditCursor } from '../domain/audit-cursor.ts';
import { rangeOf } from '../domain/day-bounds.ts';
import { listAuditRows } from '../sql/audit-entries.ts';
import { auditItem } from './audit-item.ts';
import type { AuditQuery } from './list-audit-logs.ts';

const batch = 1000;

/** All matching entries, newest first, a batch at a time and only as fast as they are taken. Admins only. */
export function exportAuditLogs(deps: Deps, actor: Actor, query: AuditQuery): AsyncGenerator<AuditEntry[]> {
  authorise(actor, 'audit.read');
  return batches(deps, query);
}

async function* batches({ sql, zone }: Deps, { from, to, ...filter }: AuditQuery): AsyncGenerator<AuditEntry[]> {
  const range = rangeOf(from, to, zone);
  let after: AuditCursor | undefined;
  while (true) {
    const rows = await listAuditRows(sql, { ...filter, ...range }, after, batch);
    if (rows.length > 0) yield rows.map(auditItem);
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) return;
    after = { occurredAt: last.occurredAt.toISOString(), seq: last.seq };
  }
}
