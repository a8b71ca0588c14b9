import type { AuditEntry } from '@muster/contracts/http/events';
import { auditCsv, auditCsvHeading } from '../domain/audit-csv.ts';

const jsonLines = (entries: readonly AuditEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

/**
 * Encodes batches while they are read. The first is read before it returns: an outage is still an honest 503 then, later
 * it can only break the download off.
 */
export async function exportStream(
  batches: AsyncGenerator<AuditEntry[]>,
  format: 'csv' | 'jsonl',
): Promise<ReadableStream<Uint8Array>> {
  const encode = format === 'csv' ? auditCsv : jsonLines;
  const first = await batches.next();
  async function* texts(): AsyncGenerator<string> {
    if (format === 'csv') yield auditCsvHeading;
    if (first.done) return;
    yield encode(first.value);
    for await (const batch of batches) yield encode(batch);
  }
  return ReadableStream.from(texts()).pipeThrough(new TextEncoderStream());
}
