import type { StayCount } from '../domain/days/index.ts';
import { countCheckIn, type EarlierStay } from '../domain/door/count-punch.ts';
import type { Punch } from '../domain/punch.ts';
import { findEarlierStays } from '../sql/find-earlier-stays.ts';
import type { PersonAtDoor } from '../sql/sync/find-people-at-door.ts';
import { around, type FlightDeps } from './flight.ts';

/**
 * What each check-in of a flight is counted against. Only of those who came after the start it is asked whether they had been there
 * before: while everybody is in time nothing is.
 */
export async function countCheckIns(
  { sql }: FlightDeps,
  punches: readonly Punch[],
  people: ReadonlyMap<string, Pick<PersonAtDoor, 'shifts'>>,
): Promise<Map<Punch, StayCount>> {
  const count = (punch: Punch, earlier: readonly EarlierStay[] = []): StayCount =>
    countCheckIn(people.get(punch.employeeId)?.shifts ?? [], earlier, punch.atMs);
  const counts = new Map(punches.map((punch) => [punch, count(punch)]));
  const late = punches.filter((punch) => counts.get(punch)?.late);
  if (late.length === 0) return counts;
  const ids = late.map(({ employeeId }) => employeeId);
  const earlier = await findEarlierStays(sql, ids, around(late).fromMs);
  for (const punch of late) counts.set(punch, count(punch, earlier.get(punch.employeeId)));
  return counts;
}
