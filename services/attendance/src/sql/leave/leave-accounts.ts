import type { Db, Tx } from '@muster/db';
import type { LeaveAccount } from '../../domain/leave/leave-account.ts';

/** Holds balances until the transaction ends, so that those who would spend them take turns. */
export async function lockLeaveBalances(
  tx: Tx,
  typeId: string,
  leaveYear: string,
  employeeIds: readonly string[],
): Promise<void> {
  await tx`
    select from leave_balances
    where type_id = ${typeId} and leave_year = ${leaveYear} and employee_id = any(${employeeIds as string[]}::uuid[])
    order by employee_id for update`;
}

/** What limits a person's leave of one type in each of some leave years; read it behind {@link lockLeaveBalances}. */
export async function readLeaveAccounts(
  sql: Db,
  typeId: string,
  keys: readonly { employeeId: string; leaveYear: string }[],
): Promise<(LeaveAccount & { employeeId: string; leaveYear: string })[]> {
  return sql<(LeaveAccount & { employeeId: string; leaveYear: string })[]>`
    select i.employee_id as "employeeId", i.leave_year as "leaveYear", coalesce(e.balance, 0) as balance,
      coalesce(e.carried_in, 0) as "carriedIn", coalesce(e.lapsed, 0) as lapsed, e.good_until as "goodUntil",
      coalesce(u.used, 0) as "usedInTime"
    from unnest(${keys.map(({ employeeId }) => employeeId)}::uuid[], ${keys.map(({ leaveYear }) => leaveYear)}::date[])
      as i (employee_id, leave_year)
    cross join lateral (
      select sum(amount)::int as balance, sum(amount) filter (where kind = 'CARRIED_IN')::int as carried_in,
        -sum(amount) filter (where kind = 'LAPSED')::int as lapsed, max(good_until) as good_until
      from leave_entries
      where employee_id = i.employee_id and type_id = ${typeId} and leave_year = i.leave_year
    ) as e
    left join lateral (
      select count(*)::int as used from leave_days d join leave_requests r on r.id = d.request_id
      where d.employee_id = i.employee_id and d.date between i.leave_year and e.good_until
        and d.charged and d.leave_year = i.leave_year and r.type_id = ${typeId}
    ) as u on e.good_until is not null`;
}

export interface BalanceSums {
  typeId: string;
  entitled: number;
  carriedIn: number;
  carriedOut: number;
  lapsed: number;
  adjusted: number;
  balance: number;
  /** Half days that wait for a decision. */
  requested: number;
  taken: number;
}

/** What a person's entries come to, for each type's leave year that is given. */
export async function sumLeave(
  sql: Db,
  employeeId: string,
  years: readonly { typeId: string; leaveYear: string }[],
): Promise<BalanceSums[]> {
  return sql<BalanceSums[]>`
    select i.type_id as "typeId", e.*, coalesce(d.requested, 0) as requested, coalesce(d.taken, 0) as taken
    from unnest(${years.map(({ typeId }) => typeId)}::uuid[], ${years.map(({ leaveYear }) => leaveYear)}::date[])
      as i (type_id, leave_year)
    cross join lateral (
      select coalesce(sum(amount) filter (where kind = 'ENTITLEMENT'), 0)::int as entitled,
        coalesce(sum(amount) filter (where kind = 'CARRIED_IN'), 0)::int as "carriedIn",
        -coalesce(sum(amount) filter (where kind = 'CARRIED_OUT'), 0)::int as "carriedOut",
        -coalesce(sum(amount) filter (where kind = 'LAPSED'), 0)::int as lapsed,
        coalesce(sum(amount) filter (where kind = 'ADJUSTMENT'), 0)::int as adjusted,
        coalesce(sum(amount), 0)::int as balance
      from leave_entries
      where employee_id = ${employeeId} and type_id = i.type_id and leave_year = i.leave_year
    ) as e
    cross join lateral (
      select count(*) filter (where not d.approved)::int as requested, count(*) filter (where d.approved)::int as taken
      from leave_days d join leave_requests r on r.id = d.request_id
      where d.employee_id = ${employeeId} and d.leave_year = i.leave_year and d.charged and r.type_id = i.type_id
        and d.date between i.leave_year and i.leave_year + 366
    ) as d`;
}
