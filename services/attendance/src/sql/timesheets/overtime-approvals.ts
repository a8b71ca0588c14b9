import type { Db, Tx } from '@muster/db';
import type { OvertimeApproval } from '../../domain/days/index.ts';
import type { DateRange } from '../take-queued-days.ts';

/** A decision about a date's overtime as it is kept. */
export interface StoredDecision {
  id: string;
  employeeId: string;
  date: string;
  version: number;
  minutes: number;
  overtimeMs: number;
  note: string | null;
  decidedAt: Date;
  decidedBy: string;
}

const columns = (sql: Db) => sql`
  id, employee_id as "employeeId", date, version, minutes, overtime_ms as "overtimeMs", note, decided_at as "decidedAt",
  decided_by as "decidedBy"`;

/** The latest decision about each date of these ranges, by person: it says what is approved in all. */
export async function findApprovals(sql: Db, ranges: readonly DateRange[]): Promise<Map<string, OvertimeApproval[]>> {
  const rows = await sql<(OvertimeApproval & { employeeId: string })[]>`
    select distinct on (a.employee_id, a.date) a.employee_id as "employeeId", a.id, a.date, a.minutes, a.overtime_ms as "ofMs"
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
    join overtime_approvals a on a.employee_id = r.employee_id and a.date between r.from_date and r.to_date
    order by a.employee_id, a.date, a.version desc`;
  return Map.groupBy(
    rows.map(({ employeeId: _, ...approval }) => approval),
    (_approval, i) => rows[i]?.employeeId ?? '',
  );
}

/** Appends a decision unless somebody else answered first; undefined then. */
export async function insertDecision(tx: Tx, one: StoredDecision): Promise<StoredDecision | undefined> {
  const [row] = await tx<StoredDecision[]>`
    insert into overtime_approvals (id, employee_id, date, version, minutes, overtime_ms, note, decided_at, decided_by)
    select ${one.id}, ${one.employeeId}, ${one.date}::date, ${one.version}, ${one.minutes}, ${one.overtimeMs}, ${one.note},
      ${one.decidedAt}, ${one.decidedBy}
    where ${one.version}::int = 1 + coalesce((
      select max(version) from overtime_approvals where employee_id = ${one.employeeId} and date = ${one.date}::date), 0)
    on conflict (employee_id, date, version) do nothing
    returning ${columns(tx)}`;
  return row;
}

/** The decisions about a date, the latest first. */
export async function listDecisions(sql: Db, employeeId: string, date: string): Promise<StoredDecision[]> {
  return sql<StoredDecision[]>`
    select ${columns(sql)} from overtime_approvals
    where employee_id = ${employeeId} and date = ${date} order by version desc limit 1000`;
}
