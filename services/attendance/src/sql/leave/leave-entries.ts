import type { LeaveEntry } from '@muster/contracts/http/attendance-leave';
import { type Db, newId, type Tx } from '@muster/db';

/** An entry of the ledger. `amount` is half days, with a sign. */
export interface NewEntry {
  employeeId: string;
  typeId: string;
  leaveYear: string;
  kind: LeaveEntry['kind'];
  amount: number;
  requestId?: string;
  goodUntil?: string | null;
  note?: string;
}

/**
 * Appends to the ledger; the sums follow in the same statement. An entitlement that was granted already is passed over: returns what
 * was written. Throws the check violation `leave_balance_floor` where somebody would take what they do not have.
 */
export async function insertLeaveEntries(
  tx: Tx,
  entries: readonly NewEntry[],
  by: { atMs: number; actorId: string | null },
): Promise<{ id: string; employeeId: string; amount: number }[]> {
  if (entries.length === 0) return [];
  const rows = entries.map((one) => ({ ...one, id: newId() }));
  return tx<{ id: string; employeeId: string; amount: number }[]>`
    insert into leave_entries (id, employee_id, type_id, leave_year, kind, amount, request_id, good_until, note, at, by_id)
    select id, "employeeId", "typeId", "leaveYear", kind, amount, "requestId", "goodUntil", note,
      ${new Date(by.atMs)}, ${by.actorId}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (id uuid, "employeeId" uuid, "typeId" uuid,
      "leaveYear" date, kind text, amount integer, "requestId" uuid, "goodUntil" date, note text)
    on conflict (employee_id, type_id, leave_year) where kind = 'ENTITLEMENT' do nothing
    returning id, employee_id as "employeeId", amount`;
}

/** What a request has taken in all, by leave year. */
export async function sumOfRequest(tx: Tx, requestId: string): Promise<{ leaveYear: string; amount: number }[]> {
  return tx<{ leaveYear: string; amount: number }[]>`
    select leave_year as "leaveYear", sum(amount)::int as amount from leave_entries
    where request_id = ${requestId} group by leave_year having sum(amount) <> 0 order by leave_year`;
}

export interface StoredEntry extends Omit<LeaveEntry, 'days' | 'at'> {
  amount: number;
  at: Date;
}

/** A person's entries, newest first. */
export async function selectLeaveEntries(
  sql: Db,
  f: { employeeId: string; typeId?: string | undefined; before?: string | undefined; limit: number },
): Promise<StoredEntry[]> {
  return sql<StoredEntry[]>`
    select id, employee_id as "employeeId", type_id as "typeId", leave_year as "leaveYear", kind, amount,
      request_id as "requestId", good_until as "goodUntil", note, at
    from leave_entries where employee_id = ${f.employeeId}
      ${f.typeId === undefined ? sql`` : sql`and type_id = ${f.typeId}`}
      ${f.before === undefined ? sql`` : sql`and id < ${f.before}`}
    order by id desc limit ${f.limit}`;
}
