import { AppError } from '@muster/contracts';
import type { ImportAnswer, ImportQuery, ImportRow } from '@muster/contracts/http/attendance';
import { withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { csvHeader } from '../../domain/sync/read-line.ts';
import { findSite } from '../../sql/find-site.ts';
import { type FileLine, importLines } from './import-lines.ts';

const mostRows = 100_000;
const batch = 1000;

/**
 * Takes over the log of a device, a thousand lines a transaction. What a line says is its identity: a file may be sent again, whole or in
 * part, and after a failure should be. People are those of the site by their work id; a line of somebody unknown is told, and counts
 * when the file comes again after they are known. Throws `not_found` for a site nobody knows.
 */
export async function importPunches(
  deps: Deps,
  actor: Actor,
  query: ImportQuery,
  lines: AsyncIterable<FileLine>,
): Promise<ImportAnswer> {
  authorise(actor, 'punches.import');
  const site = await findSite(deps.sql, query.siteId);
  if (!site) throw new AppError('not_found', 'There is no such site.');
  const results: ImportRow[] = [];
  let waiting: FileLine[] = [];
  const flush = async (): Promise<void> => {
    const some = waiting;
    waiting = [];
    results.push(
      ...(await withTransaction(deps.sql, (tx) => importLines(tx, deps, actor, { ...query, zone: site.zone }, some))),
    );
    deps.relay.wake();
  };
  let rows = 0;
  for await (const one of lines) {
    if (query.format === 'csv' && one.line === 1 && one.cells?.join().trim() === csvHeader) continue;
    if (rows++ >= mostRows)
      results.push({ line: one.line, status: 'rejected', reason: 'beyond_limit', occurredAt: null });
    else if (waiting.push(one) === batch) await flush();
  }
  if (waiting.length > 0) await flush();
  results.sort((a, b) => a.line - b.line);
  const count = (status: ImportRow['status']): number => results.filter((one) => one.status === status).length;
  return {
    rows,
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
    rejected: count('rejected'),
    results,
  };
}
