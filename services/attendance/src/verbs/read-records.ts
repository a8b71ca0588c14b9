import type { Db } from '@muster/db';
import { nothingPlanned } from '../day-sources.ts';
import type { Deps } from '../deps.ts';
import { factsReach, type PersonRecord } from '../domain/days/index.ts';
import { plusDays, startOfDate } from '../domain/days/wall-time.ts';
import { findPeople } from '../sql/find-people.ts';
import { loadFacts } from '../sql/load-facts.ts';
import type { DateRange } from '../sql/take-queued-days.ts';

export type DeriveDeps = Pick<Deps, 'clock' | 'daySources' | 'defaultPlace'>;

/** The records from which the days of these ranges follow, by person: facts, shifts, leave and holidays in reach of them. */
export async function readRecords(
  db: Db,
  { clock, daySources, defaultPlace }: DeriveDeps,
  ranges: readonly DateRange[],
): Promise<Map<string, PersonRecord>> {
  const nowMs = clock.now().epochMilliseconds;
  const reach = ranges.map(({ employeeId, from, to }) => ({
    employeeId,
    from: plusDays(from, -factsReach.daysBefore),
    to: plusDays(to, factsReach.daysAfter),
  }));
  const people = await findPeople(
    db,
    ranges.map(({ employeeId }) => employeeId),
  );
  const zoneOf = (employeeId: string): string => people.get(employeeId)?.zone ?? defaultPlace.zone;
  const facts = await loadFacts(
    db,
    reach.map(({ employeeId, from, to }) => ({
      employeeId,
      fromMs: startOfDate(from, zoneOf(employeeId)),
      toMs: startOfDate(plusDays(to, 1), zoneOf(employeeId)),
    })),
  );
  const contexts = await daySources(db, reach, nowMs);
  return new Map(
    ranges.map(({ employeeId }) => {
      const context = contexts.get(employeeId) ?? { ...nothingPlanned, knownUntilMs: nowMs };
      return [employeeId, { employeeId, zone: zoneOf(employeeId), facts: facts.get(employeeId) ?? [], ...context }];
    }),
  );
}
