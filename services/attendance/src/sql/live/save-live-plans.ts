import type { Tx } from '@muster/db';
import type { LivePlan } from '../../domain/live/live-plan.ts';
import type { DateRange } from '../take-queued-days.ts';

/**
 * Puts plans in the place of what is stored for the ranges, and writes only what changed. Returns the people for whom what counts at
 * `nowMs` (Unix milliseconds) is another now, as far as boards show it. Call it under the lock of their days.
 */
export async function saveLivePlans(
  tx: Tx,
  ranges: readonly DateRange[],
  plans: readonly LivePlan[],
  nowMs: number,
): Promise<string[]> {
  const rows = plans.map(({ employeeId, date, fromMs, untilMs, shifts, leave, door }) => ({
    employee_id: employeeId,
    date,
    from_at: new Date(fromMs).toISOString(),
    until_at: new Date(untilMs).toISOString(),
    plan: JSON.stringify({ shifts, leave }),
    door: JSON.stringify(door),
  }));
  const now = new Date(nowMs);
  const changed = await tx<{ id: string }[]>`
    with input as materialized (
      select x.*, p.site_id from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as x (employee_id uuid, date date, from_at timestamptz, until_at timestamptz, plan text,
          door text)
      join people p on p.id = x.employee_id
    ), gone as (
      delete from live_plans l
      using unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
        ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
      where l.employee_id = r.employee_id and l.date between r.from_date and r.to_date
        and not exists (select from input i where i.employee_id = l.employee_id and i.date = l.date)
      returning l.employee_id, l.from_at, l.until_at
    ), changed as materialized (
      select i.*, was.board is not true as on_board from input i
      -- By key, one after the other: joined as a whole, all of the table is read where nothing is known of its size yet.
      left join lateral (
        select l.plan = i.plan and l.from_at = i.from_at and l.until_at = i.until_at and l.site_id = i.site_id as board, l.door
        from live_plans l where l.employee_id = i.employee_id and l.date = i.date limit 1
      ) was on true
      where was.board is not true or was.door <> i.door
    ), kept as (
      insert into live_plans as l (employee_id, date, from_at, until_at, plan, door, site_id)
      select employee_id, date, from_at, until_at, plan, door, site_id from changed
      on conflict (employee_id, date) do update
        set from_at = excluded.from_at, until_at = excluded.until_at, plan = excluded.plan, door = excluded.door,
          site_id = excluded.site_id
    )
    select distinct employee_id as id from (
      select * from gone union all select employee_id, from_at, until_at from changed where on_board
    ) as seen
    where from_at <= ${now} and until_at > ${now} order by id`;
  return changed.map(({ id }) => id);
}

/** Forgets the plans of dates before this one. */
export async function deleteLivePlansBefore(tx: Tx, date: string): Promise<number> {
  const { count } = await tx`delete from live_plans where date < ${date}`;
  return count;
}
