import type { Db, Tx } from '@muster/db';
import type { OvertimeWeek } from '../../domain/days/index.ts';

/** A derived week as it is kept. */
export interface StoredWeek extends OvertimeWeek {
  employeeId: string;
  endsOn: string;
}

/** Weeks of a person that begin between two instants, both excluded. Unix milliseconds. */
export interface WeekSpan {
  employeeId: string;
  afterMs: number;
  beforeMs: number;
}

/** Puts weeks in the place of all that begin in these spans, and writes only what changed. */
export async function saveWeeks(tx: Tx, spans: readonly WeekSpan[], weeks: readonly StoredWeek[]): Promise<void> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const rows = weeks.map((week) => ({
    employee_id: week.employeeId,
    from_at: iso(week.fromMs),
    ends_on: week.endsOn,
    rules: week.rules,
    worked_ms: week.workedMs,
    by_day_ms: week.byDayMs,
    counted_ms: week.countedMs,
    weighted_ms: week.weightedMs,
  }));
  await tx`
    with input as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (employee_id uuid, from_at timestamptz,
        ends_on date, rules text, worked_ms integer, by_day_ms integer, counted_ms integer, weighted_ms integer)
    ), gone as (
      delete from attendance_weeks w
      using unnest(${spans.map(({ employeeId }) => employeeId)}::uuid[], ${spans.map(({ afterMs }) => iso(afterMs))}::timestamptz[],
        ${spans.map(({ beforeMs }) => iso(beforeMs))}::timestamptz[]) as s (employee_id, after_at, before_at)
      where w.employee_id = s.employee_id and w.from_at > s.after_at and w.from_at < s.before_at
        and not exists (select from input i where i.employee_id = w.employee_id and i.from_at = w.from_at)
    )
    insert into attendance_weeks as w (employee_id, from_at, ends_on, rules, worked_ms, by_day_ms, counted_ms, weighted_ms)
    select * from input
    on conflict (employee_id, from_at) do update set ends_on = excluded.ends_on, rules = excluded.rules,
      worked_ms = excluded.worked_ms, by_day_ms = excluded.by_day_ms, counted_ms = excluded.counted_ms,
      weighted_ms = excluded.weighted_ms
    where (w.ends_on, w.rules, w.worked_ms, w.by_day_ms, w.counted_ms, w.weighted_ms) is distinct from (excluded.ends_on,
      excluded.rules, excluded.worked_ms, excluded.by_day_ms, excluded.counted_ms, excluded.weighted_ms)`;
}

/** A person's weeks that end between two dates, both included, in order. */
export async function listWeeks(sql: Db, employeeId: string, from: string, to: string): Promise<OvertimeWeek[]> {
  const rows = await sql<(Omit<OvertimeWeek, 'fromMs' | 'toMs'> & { fromAt: Date })[]>`
    select from_at as "fromAt", rules, worked_ms as "workedMs", by_day_ms as "byDayMs", counted_ms as "countedMs",
      weighted_ms as "weightedMs"
    from attendance_weeks
    where employee_id = ${employeeId} and ends_on between ${from} and ${to}
      and from_at between ${from}::date - 9 and ${to}::date + 2
    order by from_at`;
  return rows.map(({ fromAt, ...week }) => ({
    fromMs: fromAt.getTime(),
    toMs: fromAt.getTime() + 168 * 3_600_000,
    ...week,
  }));
}
