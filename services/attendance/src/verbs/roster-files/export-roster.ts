import type { RosterExportQuery } from '@muster/contracts/http/attendance-roster-files';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { datesBetween } from '../../domain/days/wall-time.ts';
import type { RosterLine } from '../../domain/roster-files/roster-csv.ts';
import type { RosterShift } from '../../domain/rosters/expand-plan.ts';
import { findDepartments } from '../../sql/find-departments.ts';
import { type FilePerson, type FileSight, listFilePeople } from '../../sql/roster-files/list-file-people.ts';
import { readPlannedShifts } from '../rosters/read-planned-shifts.ts';

const peopleAtATime = 200;
const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * The published rosters of people the actor may see, in order of person and date, batch by batch: memory stays flat however many there
 * are. Somebody with a shift between the dates has a line for each date, so that a day off is said, too; somebody without has none.
 */
export async function* exportRoster(deps: Deps, actor: Actor, query: RosterExportQuery): AsyncGenerator<RosterLine[]> {
  const sight = await sightOf(deps, actor, query);
  if (!sight) return;
  const dates = datesBetween(query.from, query.to);
  for (let after = lowestId; ; ) {
    const people = await listFilePeople(deps.sql, sight, after, peopleAtATime);
    const last = people.at(-1);
    if (!last) return;
    const ranges = people.map(({ id }) => ({ employeeId: id, from: query.from, to: query.to }));
    const planned = await readPlannedShifts(deps.sql, ranges);
    for (const person of people) {
      const shifts = planned.get(person.id);
      if (shifts) yield linesOf(person, shifts, dates);
    }
    if (people.length < peopleAtATime) return;
    after = last.id;
  }
}

function linesOf({ id, workId, name }: FilePerson, shifts: readonly RosterShift[], dates: string[]): RosterLine[] {
  const byDate = Map.groupBy(shifts, ({ date }) => date);
  return dates.flatMap((date): RosterLine[] => {
    const who = { employeeId: id, workId, name, date };
    const own = byDate.get(date) ?? [];
    if (own.length === 0) return [{ ...who, shift: null, action: 'off' }];
    return own.map(({ shift }) => ({ ...who, shift: shift.name, action: 'work' }));
  });
}

/** Undefined when a filter names somebody the actor may not see. */
async function sightOf(deps: Deps, actor: Actor, query: RosterExportQuery): Promise<FileSight | undefined> {
  const scope = authorise(actor, 'rosters.read');
  const { employeeId, siteId, department } = query;
  const departments = department === undefined ? undefined : await findDepartments(deps.sql, department);
  if (scope === 'all') return { employeeId, siteId, departments };
  if (scope === 'reports') return { employeeId, siteId, departments, managerId: actor.id };
  return employeeId === undefined || employeeId === actor.id
    ? { employeeId: actor.id, siteId, departments }
    : undefined;
}
