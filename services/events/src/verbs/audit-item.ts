import type { AuditEntry } from '@muster/contracts/http/events';
import type { AuditEntryRow } from '../sql/audit-entries.ts';

/** An entry as clients see it. */
export function auditItem(row: AuditEntryRow): AuditEntry {
  const data = row.payload === null ? null : (JSON.parse(row.payload).data as NonNullable<AuditEntry['data']>);
  return {
    seq: row.seq,
    id: row.id,
    eventType: row.eventType,
    occurredAt: row.occurredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
    userId: row.userId,
    entityType: row.entityType,
    entityId: row.entityId,
    actor: (data?.actor as AuditEntry['actor'] | undefined) ?? null,
    data,
    erased: row.erased,
    hash: row.hash.toString('hex'),
  };
}
