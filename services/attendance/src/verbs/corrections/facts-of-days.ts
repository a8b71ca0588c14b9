import type { Db } from '@muster/db';
import { plusDays, startOfDate } from '../../domain/days/wall-time.ts';
import { type FactRow, findFacts } from '../../sql/corrections/find-facts.ts';

/** The facts that each of some days names: one query for all of them. */
export async function factsOfDays(
  sql: Db,
  days: readonly { employeeId: string; date: string; ids: ReadonlySet<string> }[],
): Promise<FactRow[][]> {
  const found = await findFacts(
    sql,
    days.flatMap(({ employeeId, date, ids }) =>
      // A stay may end, and a conflict be about a punch, some days off.
      [...ids].map((id) => ({
        employeeId,
        id,
        fromMs: startOfDate(plusDays(date, -7), 'UTC'),
        toMs: startOfDate(plusDays(date, 8), 'UTC'),
      })),
    ),
  );
  return days.map(({ ids }) => [...ids].flatMap((id) => found.get(id) ?? []));
}
