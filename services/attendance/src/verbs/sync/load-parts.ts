import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { ruleSource } from '../../sources/rule-source.ts';
import { findPeople } from '../../sql/find-people.ts';
import { findReaches, type Touched } from '../../sql/sync/find-reach.ts';
import { type DoorFacts, loadDoorFacts } from '../../sql/sync/load-door-facts.ts';
import { lockSessions } from '../../sql/sync/lock-sessions.ts';
import type { PartOfPerson, RuleHistory } from './read-person.ts';

export type RebuildDeps = Pick<Deps, 'clock' | 'defaultPlace' | 'localDay'>;

const firstMs = Date.UTC(1900, 0, 1);

/** Locks the sessions that may change, and reads what decides them, by person. */
export async function loadParts(
  tx: Tx,
  deps: RebuildDeps,
  people: readonly Touched[],
): Promise<(employeeId: string) => PartOfPerson> {
  const ids = people.map(({ employeeId }) => employeeId);
  const reaches = await findReaches(tx, people);
  const parts = ids.map((employeeId) => {
    const { start, end } = reaches.get(employeeId) ?? {};
    return { employeeId, fromMs: start?.fromMs ?? firstMs, untilMs: end?.inAtMs ?? Number.POSITIVE_INFINITY };
  });
  const sessions = await lockSessions(tx, parts);
  const known = await loadDoorFacts(tx, parts);
  const rules = await rulesOf(tx, deps, ids, earliestOf(known));
  const homes = await findPeople(tx, ids);
  return (employeeId) => {
    const { siteId, zone } = homes.get(employeeId) ?? deps.defaultPlace;
    return {
      reach: reaches.get(employeeId) ?? {},
      known: known.get(employeeId) ?? { facts: [], places: new Map() },
      rules: rules.get(employeeId),
      home: { siteId, zone: zone ?? deps.defaultPlace.zone },
      sessions: sessions.get(employeeId) ?? [],
    };
  };
}

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
): Promise<Map<string, RuleHistory>> {
  const nowMs = clock.now().epochMilliseconds;
  const dateOf = (atMs: number): string => localDay(atMs, defaultPlace.zone).date;
  const [from, to] = [plusDays(dateOf(Math.min(fromMs, nowMs)), -1), plusDays(dateOf(nowMs), 1)];
  return ruleSource(
    tx,
    ids.map((employeeId) => ({ employeeId, from, to })),
    nowMs,
  );
}
