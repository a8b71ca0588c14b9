import type { EventActor } from '@muster/contracts';
import { insertOutbox, isUniqueViolation, newEvent, type OutboxEvent, type Tx } from '@muster/db';
import type { Amendment } from '../../domain/sync/amend-sessions.ts';
import { type PresenceNews, presenceNews } from '../../domain/sync/presence-news.ts';
import type { Stays } from '../../domain/sync/stays-of.ts';
import type { Touched } from '../../sql/sync/find-reach.ts';
import { lockPeoplesSessions } from '../../sql/sync/lock-sessions.ts';
import { saveSessions } from '../../sql/sync/save-sessions.ts';
import { withinLockTime } from '../../sql/sync/within-lock-time.ts';
import { loadParts, type RebuildDeps } from './load-parts.ts';
import { readPerson } from './read-person.ts';

export type { RebuildDeps } from './load-parts.ts';

const attempts = 5;
// Shorter than PostgreSQL takes to find a deadlock: it is we who go back, not the people at the door.
const lockMs = 500;

/**
 * Makes the sessions of these people what their facts say, in the transaction that stored the facts. `touched`: the instants that a new
 * fact, a correction or what it replaces bears. Tells of everybody who is there, or gone, by it. Returns what contradicts each other, by
 * person. People and the door wait for each other only where they share a session.
 */
export async function rebuildSessions(
  tx: Tx,
  deps: RebuildDeps,
  actor: EventActor,
  touched: readonly Touched[],
): Promise<Map<string, Stays['conflicts']>> {
  if (touched.length === 0) return new Map();
  const people = partOfEach(touched);
  await lockPeoplesSessions(
    tx,
    people.map(({ employeeId }) => employeeId),
  );
  for (let attempt = 1; ; attempt++) {
    try {
      return await withinLockTime(tx, lockMs, (sp) => rebuild(sp, deps, actor, people));
    } catch (error) {
      // The door opened a session meanwhile, or holds one: what it wrote is a fact by now.
      if (attempt >= attempts || !(isUniqueViolation(error, 'attendance_sessions_open') || isLockTimeout(error)))
        throw error;
    }
  }
}

const isLockTimeout = (error: unknown): boolean => (error as { code?: string }).code === '55P03';

/** From the earliest to the latest instant of each person, in order of their ids. */
function partOfEach(touched: readonly Touched[]): Touched[] {
  const parts = new Map<string, Touched>();
  for (const one of touched) {
    const { employeeId, fromMs, untilMs } = parts.get(one.employeeId) ?? one;
    const part = { fromMs: Math.min(fromMs, one.fromMs), untilMs: Math.max(untilMs, one.untilMs) };
    parts.set(employeeId, { employeeId, ...part });
  }
  return [...parts.values()].sort((a, b) => (a.employeeId < b.employeeId ? -1 : 1));
}

async function rebuild(
  tx: Tx,
  deps: RebuildDeps,
  actor: EventActor,
  people: readonly Touched[],
): Promise<Map<string, Stays['conflicts']>> {
  const partOf = await loadParts(tx, deps, people);
  const total: Amendment = { removed: [], changed: [], added: [] };
  const conflicts = new Map<string, Stays['conflicts']>();
  const events: OutboxEvent[] = [];
  const again: Touched[] = [];
  for (const touched of people) {
    const part = partOf(touched.employeeId);
    const read = readPerson(deps, touched, part);
    if ('again' in read) {
      again.push(read.again);
      continue;
    }
    const { removed, changed, added } = read.amendment;
    total.removed.push(...removed);
    total.changed.push(...changed);
    total.added.push(...added);
    conflicts.set(touched.employeeId, read.conflicts);
    const openBefore = part.sessions.find(({ checkOutAtMs }) => checkOutAtMs === null);
    events.push(...presenceNews(openBefore, read.amendment, actor).map(toEvent));
  }
  await saveSessions(tx, total);
  await insertOutbox(tx, events);
  return again.length === 0 ? conflicts : new Map([...conflicts, ...(await rebuild(tx, deps, actor, again))]);
}

const toEvent = (news: PresenceNews): OutboxEvent =>
  news.type === 'attendance.checked-in.v1' ? newEvent(news.type, news.data) : newEvent(news.type, news.data);
