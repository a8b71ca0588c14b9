import type { EventActor } from '@muster/contracts';
import { insertOutbox, isUniqueViolation, newEvent, type OutboxEvent, type Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { type PersonRecord, plainRules } from '../../domain/days/index.ts';
import { rulesOn } from '../../domain/days/rules-on.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import type { Place } from '../../domain/place-person.ts';
import { type Amendment, amendSessions, type StayPlace } from '../../domain/sync/amend-sessions.ts';
import { type PresenceNews, presenceNews } from '../../domain/sync/presence-news.ts';
import { type Stay, type Stays, staysOf } from '../../domain/sync/stays-of.ts';
import { ruleSource } from '../../sources/rule-source.ts';
import { findPeople } from '../../sql/find-people.ts';
import { type DoorFacts, loadDoorFacts } from '../../sql/sync/load-door-facts.ts';
import { findStarts, lockPeoplesSessions, lockSessions, type Touched } from '../../sql/sync/lock-sessions.ts';
import { saveSessions } from '../../sql/sync/save-sessions.ts';
import { withinLockTime } from '../../sql/sync/within-lock-time.ts';

export type RebuildDeps = Pick<Deps, 'clock' | 'defaultPlace' | 'localDay'>;

const firstMs = Date.UTC(1900, 0, 1);
const attempts = 5;
// Shorter than PostgreSQL takes to find a deadlock: it is we who go back, not the people at the door.
const lockMs = 500;

/**
 * Makes the sessions of these people what their facts say, from an instant on (`fromMs`: the earliest one that a new fact, a correction or
 * what it replaces bears), in the transaction that stored the facts. Tells of everybody who is there, or gone, by it. Returns what
 * contradicts each other, by person. People and the door wait for each other only where they share a session.
 */
export async function rebuildSessions(
  tx: Tx,
  deps: RebuildDeps,
  actor: EventActor,
  touched: readonly Touched[],
): Promise<Map<string, Stays['conflicts']>> {
  if (touched.length === 0) return new Map();
  const people = earliestOfEach(touched);
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

function earliestOfEach(touched: readonly Touched[]): Touched[] {
  const earliest = new Map<string, number>();
  for (const { employeeId, fromMs } of touched)
    earliest.set(employeeId, Math.min(fromMs, earliest.get(employeeId) ?? fromMs));
  return [...earliest]
    .map(([employeeId, fromMs]) => ({ employeeId, fromMs }))
    .sort((a, b) => (a.employeeId < b.employeeId ? -1 : 1));
}

async function rebuild(
  tx: Tx,
  deps: RebuildDeps,
  actor: EventActor,
  people: readonly Touched[],
): Promise<Map<string, Stays['conflicts']>> {
  const ids = people.map(({ employeeId }) => employeeId);
  const starts = await findStarts(tx, people);
  const from = ids.map((employeeId) => ({ employeeId, fromMs: starts.get(employeeId)?.fromMs ?? firstMs }));
  const stored = await lockSessions(tx, from);
  const known = await loadDoorFacts(tx, from);
  const rules = await rulesOf(tx, deps, ids, earliestOf(known));
  const homes = await findPeople(tx, ids);
  const total: Amendment = { removed: [], changed: [], added: [] };
  const conflicts = new Map<string, Stays['conflicts']>();
  const events: OutboxEvent[] = [];
  const earlier: Touched[] = [];
  for (const employeeId of ids) {
    const start = starts.get(employeeId);
    const home = homes.get(employeeId);
    const place = home ? { siteId: home.siteId, zone: home.zone ?? deps.defaultPlace.zone } : deps.defaultPlace;
    const { facts, places } = known.get(employeeId) ?? { facts: [], places: new Map() };
    const zoneOf = (punch: { zone: string | undefined }): string => punch.zone ?? place.zone;
    const built = staysOf(
      facts,
      {
        rulesOn: (date) => rulesOn(rules.get(employeeId) ?? { rules: plainRules }, date),
        localDate: (punch) => deps.localDay(punch.atMs, zoneOf(punch)).date,
      },
      start,
    );
    if (start && !built.clear) {
      earlier.push({ employeeId, fromMs: start.fromMs });
      continue;
    }
    conflicts.set(employeeId, built.conflicts);
    const before = stored.get(employeeId) ?? [];
    const one = amendSessions(employeeId, before, built.stays, placing(deps, places, place));
    total.removed.push(...one.removed);
    total.changed.push(...one.changed);
    total.added.push(...one.added);
    const openBefore = before.find(({ checkOutAtMs }) => checkOutAtMs === null);
    events.push(...presenceNews(openBefore, one, actor).map(toEvent));
  }
  await saveSessions(tx, total);
  await insertOutbox(tx, events);
  return earlier.length === 0 ? conflicts : new Map([...conflicts, ...(await rebuild(tx, deps, actor, earlier))]);
}

const toEvent = (news: PresenceNews): OutboxEvent =>
  news.type === 'attendance.checked-in.v1' ? newEvent(news.type, news.data) : newEvent(news.type, news.data);

const earliestOf = (known: Map<string, DoorFacts>): number =>
  known
    .values()
    .flatMap(({ facts }) => facts)
    .map((fact) => (fact.kind === 'punch' ? fact.atMs : (fact.punch?.atMs ?? Number.POSITIVE_INFINITY)))
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

/** The rules of every date since the first that is looked at, by person. */
async function rulesOf(
  tx: Tx,
  { clock, localDay, defaultPlace }: RebuildDeps,
  ids: readonly string[],
  fromMs: number,
): Promise<Map<string, Pick<PersonRecord, 'rules' | 'ruleChanges'>>> {
  const nowMs = clock.now().epochMilliseconds;
  const dateOf = (atMs: number): string => localDay(atMs, defaultPlace.zone).date;
  const [from, to] = [plusDays(dateOf(Math.min(fromMs, nowMs)), -1), plusDays(dateOf(nowMs), 1)];
  return ruleSource(
    tx,
    ids.map((employeeId) => ({ employeeId, from, to })),
    nowMs,
  );
}

/** A stay is where its check-in was made; what is worth a look at its check-out is worth it here, too. */
const placing =
  ({ localDay }: RebuildDeps, places: DoorFacts['places'], home: Place) =>
  (stay: Stay): StayPlace => {
    const own = places.get(stay.inId);
    const { siteId, zone } = own ?? home;
    const flags = [...(own?.flags ?? []), ...(places.get(stay.outId ?? '')?.flags ?? [])];
    return { siteId, zone, date: localDay(stay.fromMs, zone).date, source: own?.source ?? 'correction', flags };
  };
