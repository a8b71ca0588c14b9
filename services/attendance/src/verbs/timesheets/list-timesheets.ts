import type { CursorPage } from '@muster/contracts';
import type { Timesheet, TimesheetExportQuery, TimesheetsQuery } from '@muster/contracts/http/attendance-timesheets';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeTimesheet } from '../../domain/timesheets/describe-timesheet.ts';
import { datesOfMonth } from '../../domain/timesheets/month.ts';
import { type PersonSums, sumPeople } from '../../sql/timesheets/sum-people.ts';
import { leaveNamer } from './leave-namer.ts';
import { peopleBatches } from './people-batches.ts';
import { sight } from './sight.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

/** A month of the people the actor may see, in order of id: all for hr and admins, for managers whoever is below them, else oneself. */
export async function listTimesheets(deps: Deps, actor: Actor, query: TimesheetsQuery): Promise<CursorPage<Timesheet>> {
  const who = await sight(deps, actor, authorise(actor, 'timesheets.read'), query);
  const { month, limit, cursor = lowest } = query;
  const found = await sumPeople(deps.sql, who, datesOfMonth(month), { after: cursor, limit: limit + 1 });
  const named = await leaveNamer(deps.sql);
  const data = found.slice(0, limit).map((one) => describeTimesheet(month, named(one)));
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.employeeId ?? null) : null } };
}

/** The same people's month, a batch at a time and only as fast as they are taken. */
export async function exportTimesheets(
  deps: Deps,
  actor: Actor,
  query: Omit<TimesheetExportQuery, 'format'>,
): Promise<AsyncGenerator<PersonSums[]>> {
  const who = await sight(deps, actor, authorise(actor, 'timesheets.read'), query);
  const named = await leaveNamer(deps.sql);
  const period = datesOfMonth(query.month);
  return peopleBatches(async (page) => (await sumPeople(deps.sql, who, period, page)).map(named));
}
