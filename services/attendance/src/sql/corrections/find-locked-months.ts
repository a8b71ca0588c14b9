import type { Db } from '@muster/db';
import type { LockedMonths } from '../../domain/corrections/locked-months.ts';
import type { DateRange } from '../take-queued-days.ts';

/** The closed months in these ranges, by person; who has none is missing. Behind the month gate they stay so. */
export async function findLockedMonths(sql: Db, ranges: readonly DateRange[]): Promise<LockedMonths> {
  const rows = await sql<{ employeeId: string; months: string[] }[]>`
    select l.employee_id as "employeeId", array_agg(distinct to_char(l.month, 'YYYY-MM')) as months
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
    join locked_months l on l.employee_id = r.employee_id and l.month between date_trunc('month', r.from_date)::date and r.to_date
    group by l.employee_id`;
  return new Map(rows.map(({ employeeId, months }) => [employeeId, new Set(months)]));
}
