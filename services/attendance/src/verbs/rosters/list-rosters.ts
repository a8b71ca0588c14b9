import { type Page, toPage } from '@muster/contracts';
import type { PersonRoster, PlannedShiftView, RosterQuery } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise, type Scope } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import type { RosterShift } from '../../domain/rosters/expand-plan.ts';
import { shiftInstants } from '../../domain/rosters/shift-instants.ts';
import { listPeopleInSight, type Sight } from '../../sql/rosters/list-people-in-sight.ts';
import { readPlannedShifts } from './read-planned-shifts.ts';

/** A page of people the actor may see, each with the shifts that are published for them. Filters only narrow that. */
export async function listRosters(deps: Deps, actor: Actor, query: RosterQuery): Promise<Page<PersonRoster>> {
  const { page, limit, from, to } = query;
  const sight = sightOf(actor, authorise(actor, 'rosters.read'), query);
  if (!sight) return toPage([], 0, { page, limit });
  const { people, total } = await listPeopleInSight(deps.sql, sight, { limit, offset: (page - 1) * limit });
  const shifts = await readPlannedShifts(
    deps.sql,
    people.map(({ employeeId }) => ({ employeeId, from, to })),
  );
  const data = people.map((one) => ({ ...one, shifts: (shifts.get(one.employeeId) ?? []).flatMap(describeShift) }));
  return toPage(data, total, { page, limit });
}

/** Undefined when the filter names somebody the actor may not see. */
function sightOf(actor: Actor, scope: Scope, { employeeId, siteId }: RosterQuery): Sight | undefined {
  if (scope === 'all') return { employeeId, siteId };
  if (scope === 'reports') return { employeeId, siteId, managerId: actor.id };
  return employeeId === undefined || employeeId === actor.id ? { employeeId: actor.id, siteId } : undefined;
}

/** A shift as clients see it; none on a date its zone skipped. */
export function describeShift(planned: RosterShift): PlannedShiftView[] {
  const instants = shiftInstants(planned);
  if (!instants) return [];
  const { date, zone, source, shift } = planned;
  const [startsAt, endsAt] = [isoInstant(instants.startMs), isoInstant(instants.endMs)];
  return [{ date, shiftTypeId: shift.id, name: shift.name, zone, startsAt, endsAt, source }];
}
