import type { AuditEntry } from '@muster/contracts/http/events';
import { stringify } from 'csv-stringify/sync';

const columns = [
  'seq',
  'id',
  'eventType',
  'occurredAt',
  'recordedAt',
  'userId',
  'actorName',
  'actorRole',
  'entityType',
  'entityId',
  'data',
  'hash',
] as const;

/** The heading line of {@link auditCsv}. */
export const auditCsvHeading = `${columns.join(',')}\r\n`;

/** Entries as CSV lines (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => [
    entry.seq,
    entry.id,
    entry.eventType,
    entry.occurredAt,
    entry.recordedAt,
    entry.userId,
    entry.actor?.name,
    entry.actor?.role,
    entry.entityType,
    entry.entityId,
    entry.data === null ? null : JSON.stringify(entry.data),
    entry.hash,
  ]);
  return stringify(rows, { escape_formulas: true, record_delimiter: '\r\n' });
}
