import { AppError, type EventEnvelope, withoutPerson } from '@muster/contracts';
import { claimInbox, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { type AuditDraft, peopleIn, toAuditDraft } from '../domain/audit-draft.ts';
import { type BoardNews, staleOnBoard } from '../domain/board-news.ts';
import { chainEntries } from '../domain/chain-entries.ts';
import { type ClassNews, classNewsOf } from '../domain/class-news.ts';
import { foldManagers } from '../domain/manager-change.ts';
import { type PresenceNews, presenceOf } from '../domain/presence.ts';
import { foldRecipients } from '../domain/recipient-change.ts';
import {
  addCounts,
  findAudited,
  insertAuditRows,
  insertCheckpointAtTimes,
  lockHead,
  updateHead,
} from '../sql/append-audit.ts';
import { findErased } from '../sql/erased-people.ts';
import { findManagers, upsertManagers } from '../sql/managers.ts';
import { upsertRecipients } from '../sql/recipients.ts';
import { notify } from './notify.ts';

/** App-id, and our name in the inbox. */
export const consumer = 'events';

interface Written {
  fresh: EventEnvelope[];
  drafts: AuditDraft[];
  notified: string[];
  presence: PresenceNews[];
  board: BoardNews[];
}

/**
 * Writes the events of one flight in one transaction: inbox, chained audit entries, signed head, projections and
 * notifications. What was seen before changes nothing. Sockets hear of it after the commit.
 */
export async function recordEvents(deps: Deps, events: readonly EventEnvelope[]): Promise<void> {
  const recordedAt = deps.clock.now();
  const { fresh, drafts, notified, presence, board } = await withTransaction(deps.sql, (tx) =>
    write(deps, tx, events, recordedAt),
  ).catch(tooSlowIsAway);
  if (fresh.length === 0) return;
  deps.metrics.recorded(drafts, recordedAt);
  if (notified.length > 0) deps.live.feedsChanged(notified);
  if (presence.length > 0) deps.live.presenceChanged(presence);
  if (board.length > 0) deps.live.boardChanged(board);
  const classes = fresh.map(classNewsOf).filter((news): news is ClassNews => news !== undefined);
  if (classes.length > 0) deps.live.classesChanged(classes);
}

/** A statement that ran into its time limit tells of a database out of breath, not of a bad event: it must not count. */
function tooSlowIsAway(error: unknown): never {
  if ((error as { code?: unknown }).code !== '57014') throw error;
  throw new AppError('unavailable', 'The database is too slow just now.', { cause: error });
}

async function write(deps: Deps, tx: Tx, events: readonly EventEnvelope[], now: Temporal.Instant): Promise<Written> {
  // Two copies of one event may sit in one flight; Postgres answers ids in lower case.
  const byId = new Map(events.map((event) => [event.id.toLowerCase(), event]));
  const ids = [...byId.keys()];
  // Erasures are noted under the head's lock, so whoever has it sees them all: nothing late brings a name back.
  const [head, unseen, audited, erased] = await Promise.all([
    lockHead(tx),
    claimInbox(tx, consumer, ids),
    findAudited(tx, ids),
    findErased(tx, [...new Set(events.flatMap(peopleIn))]),
  ]);
  const fresh = [...byId]
    .filter(([id]) => unseen.has(id) && !audited.has(id))
    .map(([, event]) => erased.reduce(withoutPerson, event));
  if (fresh.length === 0) return { fresh, drafts: [], notified: [], presence: [], board: [] };

  const recordedAt = now.toString({ fractionalSecondDigits: 3 });
  const drafts = fresh.map((event) => toAuditDraft(event, recordedAt));
  const { rows, end } = chainEntries(head, drafts);
  const signed = deps.signer.sign(end.seq, end.hash, recordedAt);
  const counts = new Map<string, number>();
  for (const { eventType } of drafts) counts.set(eventType, (counts.get(eventType) ?? 0) + 1);
  const changes = foldRecipients(fresh);
  const managed = foldManagers(fresh);
  const presence = fresh.flatMap((event) => {
    const change = presenceOf(event);
    return change ? [{ change, traceparent: event.traceparent }] : [];
  });
  const stale = [...new Set(fresh.flatMap(staleOnBoard))];
  const present = [...new Set([...presence.map(({ change }) => change.employeeId), ...stale])];
  // Independent statements travel together: one round trip while everybody waits for the head.
  const [managers] = await Promise.all([
    // In this order on one connection: a person and their check-in may sit in one flight.
    (managed.length > 0 ? upsertManagers(tx, managed) : Promise.resolve()).then(() =>
      present.length > 0 ? findManagers(tx, present) : undefined,
    ),
    insertAuditRows(tx, rows, recordedAt),
    updateHead(tx, signed),
    insertCheckpointAtTimes(tx, signed),
    addCounts(tx, counts),
    changes.length > 0 ? upsertRecipients(tx, changes) : undefined,
  ]);
  const above = (employeeId: string): readonly string[] => managers?.get(employeeId) ?? [];
  const news = presence.map((one) => ({ ...one, managerIds: above(one.change.employeeId) }));
  const board = stale.map((employeeId) => ({ employeeId, managerIds: above(employeeId) }));
  return { fresh, drafts, notified: await notify(tx, fresh, recordedAt), presence: news, board };
}
