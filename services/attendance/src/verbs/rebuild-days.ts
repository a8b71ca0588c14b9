import { withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { listFactRanges } from '../sql/list-fact-ranges.ts';
import { storeDays } from './store-days.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

/** Derives every day of everybody again, for instance after a change of rules; returns the people. Work goes on beside it. */
export async function rebuildDays(
  deps: Pick<Deps, 'sql' | 'clock' | 'daySources' | 'defaultPlace'>,
  pageSize = 200,
): Promise<number> {
  let after = lowest;
  for (let people = 0; ; ) {
    const ranges = await listFactRanges(deps.sql, after, pageSize);
    await withTransaction(deps.sql, (tx) => storeDays(tx, deps, ranges));
    people += new Set(ranges.map(({ employeeId }) => employeeId)).size;
    const last = ranges.at(-1);
    if (!last) return people;
    after = last.employeeId;
  }
}
