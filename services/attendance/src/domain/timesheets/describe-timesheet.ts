import type { Timesheet } from '@muster/contracts/http/attendance-timesheets';
import { describeTotals } from './describe-totals.ts';
import type { Sums } from './sums.ts';

/** Whom sums are about. */
export interface SummedPerson {
  employeeId: string;
  name: string | null;
  workId: string | null;
  siteId: string | null;
  department: string | null;
  locked: boolean;
  sums: Sums;
}

/** A person's month as clients see it. */
export const describeTimesheet = (month: string, { sums, ...person }: SummedPerson): Timesheet => ({
  employeeId: person.employeeId,
  name: person.name,
  workId: person.workId,
  siteId: person.siteId,
  department: person.department,
  month,
  locked: person.locked,
  totals: describeTotals(sums),
});
