import type { Db, Tx } from '@muster/db';
import type { LeaveHalf } from '../../domain/leave/count-leave.ts';

/** Takes half days for a request. Throws the unique violation `leave_days_once` where another request has one of them. */
export async function insertLeaveDays(
  tx: Tx,
  request: { id: string; employeeId: string; approved: boolean },
  halves: readonly LeaveHalf[],
): Promise<void> {
  await tx`
    insert into leave_days (employee_id, date, half, request_id, leave_year, charged, approved)
    select ${request.employeeId}, date, half, ${request.id}, leave_year, charged = 1, ${request.approved}
    from unnest(${halves.map(({ date }) => date)}::date[], ${halves.map(({ half }) => half)}::smallint[],
      ${halves.map(({ leaveYear }) => leaveYear)}::date[], ${halves.map(({ charged }) => Number(charged))}::integer[])
      as i (date, half, leave_year, charged)
    order by date, half`;
}

export async function approveLeaveDays(tx: Tx, requestId: string): Promise<void> {
  await tx`update leave_days set approved = true where request_id = ${requestId}`;
}

/** Gives a request's days back: others may ask for them again. */
export async function freeLeaveDays(tx: Tx, requestId: string): Promise<void> {
  await tx`delete from leave_days where request_id = ${requestId}`;
}

/** A request's half days on some dates, held until the transaction ends. */
export async function selectRequestHalves(tx: Tx, requestId: string, dates: readonly string[]): Promise<LeaveHalf[]> {
  return tx<LeaveHalf[]>`
    select date, half, leave_year as "leaveYear", charged from leave_days
    where request_id = ${requestId} and date = any(${dates as string[]}::date[]) order by date, half for update`;
}

/** Half days of a request cost something now, or nothing any more. */
export async function chargeLeaveDays(tx: Tx, requestId: string, halves: readonly LeaveHalf[]): Promise<void> {
  await tx`
    update leave_days d set charged = i.charged = 1
    from unnest(${halves.map(({ date }) => date)}::date[], ${halves.map(({ half }) => half)}::smallint[],
      ${halves.map(({ charged }) => Number(charged))}::integer[]) as i (date, half, charged)
    where d.request_id = ${requestId} and d.date = i.date and d.half = i.half`;
}

export interface ApprovedHalf {
  employeeId: string;
  date: string;
  half: 1 | 2;
  requestId: string;
  /** Id of the leave type: a name may change, a day must not. */
  type: string;
  charged: boolean;
}

/** Approved half days of people between dates of theirs, in order. */
export async function selectApprovedHalves(
  sql: Db,
  ranges: readonly { employeeId: string; from: string; to: string }[],
): Promise<ApprovedHalf[]> {
  return sql<ApprovedHalf[]>`
    select d.employee_id as "employeeId", d.date, d.half, d.request_id as "requestId", r.type_id::text as type, d.charged
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as i (employee_id, from_date, to_date)
    join leave_days d on d.employee_id = i.employee_id and d.date between i.from_date and i.to_date and d.approved
    join leave_requests r on r.id = d.request_id
    order by d.employee_id, d.date, d.half`;
}
