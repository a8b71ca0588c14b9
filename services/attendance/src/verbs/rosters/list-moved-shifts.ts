import type { MovedQuery, MovedShifts } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import type { RosterShift } from '../../domain/rosters/expand-plan.ts';
import { movedInstants, wallKey } from '../../domain/rosters/moved-instants.ts';
import { latestDate } from '../../domain/rosters/planned-through.ts';
import type { ShiftInstants } from '../../domain/rosters/shift-instants.ts';
import { listPlannedInstants, listPlannedPeople } from '../../sql/rosters/planned-instants.ts';
import { readPlannedShifts } from './read-planned-shifts.ts';

const lowest = '00000000-0000-0000-0000-000000000000';
type Moved = Map<string, { was: ShiftInstants; now: ShiftInstants }>;

/**
 * Every future shift that a newer time-zone database moves: a page of the people who are planned for on a date concerned, each with all
 * shifts that moved. A page may be empty although there is a next one.
 */
export async function listMovedShifts(
  deps: Deps,
  actor: Actor,
  { cursor = lowest, limit }: MovedQuery,
): Promise<MovedShifts> {
  authorise(actor, 'shifts.manage');
  const today = plusDays(latestDate(deps.clock.now().epochMilliseconds), -2);
  const found = movedInstants(await listPlannedInstants(deps.sql, today));
  const [from, to] = [found[0]?.was.date, found.at(-1)?.was.date];
  if (from === undefined || to === undefined) return { data: [], meta: { nextCursor: null } };
  const moved: Moved = new Map(found.map(({ was, now }) => [`${was.date} ${wallKey(was)}`, { was, now }]));
  const people = await listPlannedPeople(deps.sql, { from, to, afterId: cursor, limit: limit + 1 });
  const page = people.slice(0, limit);
  const shifts = await readPlannedShifts(
    deps.sql,
    page.map((employeeId) => ({ employeeId, from, to })),
  );
  const data = page.flatMap((employeeId) =>
    (shifts.get(employeeId) ?? []).flatMap((one) => describe(employeeId, one, moved)),
  );
  return { data, meta: { nextCursor: people.length > limit ? (page.at(-1) ?? null) : null } };
}

function describe(employeeId: string, { date, zone, shift }: RosterShift, moved: Moved): MovedShifts['data'] {
  const there = moved.get(`${date} ${wallKey({ zone, start: shift.start, end: shift.end })}`);
  if (!there) return [];
  const { was, now } = there;
  return [
    {
      employeeId,
      date,
      shiftTypeId: shift.id,
      name: shift.name,
      zone,
      wasStartsAt: isoInstant(was.startMs),
      wasEndsAt: isoInstant(was.endMs),
      startsAt: isoInstant(now.startMs),
      endsAt: isoInstant(now.endMs),
    },
  ];
}
