import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { findRosterDayVersions } from '../../sql/rosters/save-roster-days.ts';
import { publishDays } from '../rosters/publish-days.ts';
import type { JudgedPerson } from './judge-file.ts';

const peopleAtATime = 200;

/**
 * Publishes what a file changes, some people at a time, in order of id. Returns those whose shifts are others now.
 * @throws AppError conflict when somebody else published one of the days meanwhile
 */
export async function publishImport(
  deps: Deps,
  tx: Tx,
  people: readonly JudgedPerson[],
  importId: string,
): Promise<string[]> {
  const changed: string[] = [];
  for (let n = 0; n < people.length; n += peopleAtATime) {
    const cells = people
      .slice(n, n + peopleAtATime)
      .flatMap(({ person, zone, days }) =>
        days.map((day) => ({ employeeId: person.id, siteId: person.siteId, zone, ...day })),
      );
    const versions = await findRosterDayVersions(tx, cells);
    const days = cells.map((cell) => ({
      ...cell,
      baseVersion: versions.get(`${cell.employeeId} ${cell.date}`) ?? 0,
    }));
    changed.push(...(await publishDays(tx, deps, days, { origin: 'IMPORT', originId: importId })));
  }
  return changed;
}
