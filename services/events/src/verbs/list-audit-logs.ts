import type { CursorPage } from '@muster/contracts';
import type { AuditEntry } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { readCursor, writeCursor } from '../domain/audit-cursor.ts';
import { rangeOf } from '../domain/day-bounds.ts';
import { listAuditRows } from '../sql/audit-entries.ts';
import { auditItem } from './audit-item.ts';

/** Filters as a client gives them; `from` and `to` are instants or local days of the default site. */
export interface AuditQuery {
  userId?: string | undefined;
  eventType?: string | undefined;
  entityId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** One page of the audit log, newest event first. Admins only. */
export async function listAuditLogs(
  deps: Deps,
  actor: Actor,
  query: AuditQuery & { cursor?: string | undefined; limit: number },
): Promise<CursorPage<AuditEntry>> {
  authorise(actor, 'audit.read');
  const { cursor, limit, from, to, ...filter } = query;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const found = await listAuditRows(deps.sql, { ...filter, ...rangeOf(from, to, deps.zone) }, after, limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last !== undefined;
  const nextCursor = more ? writeCursor({ occurredAt: last.occurredAt.toISOString(), seq: last.seq }) : null;
  return { data: rows.map(auditItem), meta: { nextCursor } };
}
