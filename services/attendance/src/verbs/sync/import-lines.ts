import type { ImportQuery, ImportReason, ImportRow } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { hashBrought } from '../../domain/sync/brought-punch.ts';
import { clientIdOf, punchIdOf, sessionIdOf } from '../../domain/sync/derived-id.ts';
import { type PunchLine, readLine } from '../../domain/sync/read-line.ts';
import { findByWorkId, type KnownByWorkId } from '../../sql/sync/find-by-work-id.ts';
import type { BroughtPunch } from '../../sql/sync/insert-brought-punches.ts';
import { storeBrought } from './store-brought.ts';

/** A line of a file; without cells: from here on it could not be read. */
export interface FileLine {
  line: number;
  cells: readonly string[] | null;
}

/** Where and in which words the log was written. */
export interface LogSite extends ImportQuery {
  zone: string;
}

const rowOf = (
  line: number,
  status: ImportRow['status'],
  reason: ImportReason | null = null,
  atMs: number | null = null,
): ImportRow => ({ line, status, reason, occurredAt: atMs === null ? null : isoInstant(atMs) });

/**
 * Stores lines of a device's log as punches of the site's people, and tells of those that are new. What a line says is its identity, so
 * that it may come again. Returns what became of each, in their order.
 */
export async function importLines(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  site: LogSite,
  lines: readonly FileLine[],
): Promise<ImportRow[]> {
  const nowMs = deps.clock.now().epochMilliseconds;
  const read = lines.map(({ cells }) => (cells ? readLine(cells, site.format, site.zone) : undefined));
  const users = [...new Set(read.flatMap((line) => (line ? [line.user] : [])))];
  const people = Map.groupBy(await findByWorkId(tx, site.siteId, users), ({ workId }) => workId);
  const rows = lines.map(({ line }, i): ImportRow | BroughtPunch => {
    const said = read[i];
    if (!said) return rowOf(line, 'rejected', 'unreadable');
    const known = people.get(said.user) ?? [];
    const fault = faultOf(said, known, nowMs + deps.sync.toleranceMs);
    const [person] = known;
    return fault || !person ? rowOf(line, 'rejected', fault, said.atMs) : punchOf(deps, site, said, person.id, nowMs);
  });
  const punches = rows.flatMap((row) => ('line' in row ? [] : [row]));
  const stored = await storeBrought(tx, deps, toEventActor(actor), punches);
  const told = new Set<string>();
  const results = rows.map((row, i): ImportRow => {
    if ('line' in row) return row;
    const line = lines[i]?.line ?? 0;
    // The same line twice in a file: the second is the first again.
    const isNew = stored.isNew.has(row.id) && !told.has(row.id);
    told.add(row.id);
    if (!isNew) return rowOf(line, 'duplicate', null, row.atMs);
    return stored.contradicts.has(row.id)
      ? rowOf(line, 'conflict', 'contradicts', row.atMs)
      : rowOf(line, 'accepted', null, row.atMs);
  });
  await tell(
    tx,
    actor,
    site,
    punches.filter(({ id }) => stored.isNew.has(id)),
    results,
    nowMs,
  );
  return results;
}

function faultOf({ atMs }: PunchLine, known: readonly KnownByWorkId[], latestMs: number): ImportReason | null {
  if (known.length === 0) return 'unknown_user';
  if (known.length > 1) return 'ambiguous_user';
  if (known[0]?.status === 'deleted') return 'deleted_person';
  return atMs > latestMs ? 'in_future' : null;
}

function punchOf(deps: Deps, site: LogSite, said: PunchLine, employeeId: string, nowMs: number): BroughtPunch {
  const { type, atMs, words } = said;
  const clientId = clientIdOf(site.siteId, site.deviceId ?? '-', words);
  const id = punchIdOf(employeeId, clientId);
  const { date, offsetMinutes } = deps.localDay(atMs, site.zone);
  return {
    id,
    employeeId,
    clientId,
    sessionId: sessionIdOf(id, atMs),
    siteId: site.siteId,
    zone: site.zone,
    type,
    atMs,
    claimedMs: atMs,
    receivedMs: nowMs,
    localDate: date,
    offsetMinutes,
    source: 'import',
    deviceId: site.deviceId ?? null,
    syncId: null,
    hash: hashBrought({ type, occurredAt: isoInstant(atMs) }),
    flags: [],
  };
}

async function tell(
  tx: Tx,
  actor: Actor,
  site: LogSite,
  fresh: readonly BroughtPunch[],
  results: readonly ImportRow[],
  nowMs: number,
): Promise<void> {
  if (fresh.length === 0) return;
  const count = (status: ImportRow['status']): number => results.filter((one) => one.status === status).length;
  await insertOutbox(tx, [
    newEvent('attendance.punches-imported.v1', {
      version: 1,
      occurredAt: isoInstant(nowMs),
      actor: toEventActor(actor),
      siteId: site.siteId,
      deviceId: site.deviceId ?? null,
      format: site.format,
      rows: results.length,
      accepted: count('accepted'),
      conflicts: count('conflict'),
      rejected: count('rejected'),
      from: isoInstant(fresh.reduce((ms, { atMs }) => Math.min(ms, atMs), Number.POSITIVE_INFINITY)),
      to: isoInstant(fresh.reduce((ms, { atMs }) => Math.max(ms, atMs), 0)),
      employeeIds: [...new Set(fresh.map(({ employeeId }) => employeeId))],
    }),
  ]);
}
