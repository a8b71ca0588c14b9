import type { Db } from '@muster/db';
import type { PayrollRow } from '../../domain/timesheets/payroll.ts';
import type { StoredClose } from '../../sql/timesheets/month-closes.ts';
import { listSnapshots } from '../../sql/timesheets/snapshots.ts';

const batch = 1000;

/** Everybody of closed months, site after site in order of id: never more than one batch in memory. */
export async function* payrollRows(
  sql: Db,
  closes: readonly Pick<StoredClose, 'lockId' | 'month' | 'siteId' | 'version'>[],
): AsyncGenerator<PayrollRow[]> {
  for (const { lockId, month, siteId, version } of closes) {
    let after = '00000000-0000-0000-0000-000000000000';
    while (true) {
      const people = await listSnapshots(sql, lockId, after, batch);
      if (people.length > 0) yield people.map((one) => ({ month, siteId, version, ...one }));
      const last = people.at(-1);
      if (last === undefined || people.length < batch) break;
      after = last.employeeId;
    }
  }
}
