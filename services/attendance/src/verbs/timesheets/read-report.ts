import type { ReportQuery } from '@muster/contracts/http/attendance-reports';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { Reported } from '../../domain/timesheets/describe-report.ts';
import { sumGroups } from '../../sql/timesheets/sum-groups.ts';
import { type PersonSums, sumPeople } from '../../sql/timesheets/sum-people.ts';
import { leaveNamer } from './leave-namer.ts';
import { peopleBatches } from './people-batches.ts';
import { sight } from './sight.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

const reported = ({ employeeId, name, siteId, department, sums }: PersonSums): Reported => ({
  subject: { employeeId, name, siteId, department, people: 1 },
  sums,
});

/** Sums of a period of the people the actor may see: one page of them in order of id, or their departments or sites, all at once. */
export async function readReport(
  deps: Deps,
  actor: Actor,
  query: ReportQuery,
): Promise<{ found: Reported[]; nextCursor: string | null }> {
  const who = await sight(deps, actor, authorise(actor, 'timesheets.read'), query);
  const { groupBy, limit, cursor = lowest } = query;
  const named = await leaveNamer(deps.sql);
  if (groupBy !== 'employee')
    return { found: (await sumGroups(deps.sql, who, query, groupBy)).map(named), nextCursor: null };
  const people = await sumPeople(deps.sql, who, query, { after: cursor, limit: limit + 1 });
  const page = people.slice(0, limit);
  return {
    found: page.map(reported).map((one) => named(one)),
    nextCursor: people.length > limit ? (page.at(-1)?.employeeId ?? null) : null,
  };
}

/** All of it, a batch at a time and only as fast as it is taken. */
export async function exportReport(deps: Deps, actor: Actor, query: ReportQuery): Promise<AsyncGenerator<Reported[]>> {
  const who = await sight(deps, actor, authorise(actor, 'timesheets.read'), query);
  return batches(deps, query, who);
}

async function* batches(
  { sql }: Pick<Deps, 'sql'>,
  query: ReportQuery,
  who: Awaited<ReturnType<typeof sight>>,
): AsyncGenerator<Reported[]> {
  const named = await leaveNamer(sql);
  if (query.groupBy === 'employee')
    for await (const people of peopleBatches((page) => sumPeople(sql, who, query, page)))
      yield people.map(reported).map((one) => named(one));
  else yield (await sumGroups(sql, who, query, query.groupBy)).map(named);
}
