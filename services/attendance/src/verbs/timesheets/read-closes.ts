import { AppError } from '@muster/contracts';
import type { MonthCloses, PayrollQuery } from '@muster/contracts/http/attendance-timesheets';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeClose } from '../../domain/timesheets/describe-close.ts';
import { payrollFile } from '../../domain/timesheets/payroll.ts';
import { listCloses } from '../../sql/timesheets/month-closes.ts';
import { payrollRows } from './payroll-rows.ts';

/** Every close of a month, also those that were opened again, by site and version. */
export async function listMonthCloses(deps: Deps, actor: Actor, month: string, siteId?: string): Promise<MonthCloses> {
  authorise(actor, 'timesheets.close');
  return { month, closes: (await listCloses(deps.sql, month, siteId)).map(describeClose) };
}

export interface Payroll {
  /** Of the whole file, where it is one site's; null: several sites in one file. */
  sha256: string | null;
  texts: AsyncGenerator<string>;
}

/**
 * The payroll export of a closed month, as it was closed: of a site, in the version that stands or another, or of every site that is closed.
 * @throws AppError month_open where nothing is closed, not_found for a version that never was
 */
export async function readPayroll(
  deps: Deps,
  actor: Actor,
  month: string,
  { siteId, version }: PayrollQuery,
): Promise<Payroll> {
  authorise(actor, 'timesheets.close');
  const closed = (await listCloses(deps.sql, month, siteId)).filter(({ state }) => state === 'closed');
  const wanted = closed.filter((one) => (version === undefined ? one.standing : one.version === version));
  if (wanted.length === 0) {
    if (version !== undefined) throw new AppError('not_found', 'There is no such close.');
    throw new AppError('month_open', 'The month is not closed: close it first.');
  }
  const [only] = wanted;
  return {
    sha256: siteId !== undefined && only ? only.sha256 : null,
    texts: payrollFile(payrollRows(deps.sql, wanted)),
  };
}
