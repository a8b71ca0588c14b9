import { foldText } from '@muster/contracts';
import type { Db, Tx } from '@muster/db';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';

const columns = (sql: Db) => sql`
  id, name, paid, counts, half_days as "halfDays", entitlement, year_starts_in as "yearStartsIn",
  carry_over_limit as "carryOverLimit", carry_over_months as "carryOverMonths", may_go_negative as "mayGoNegative",
  needs_approval as "needsApproval", active, version`;

/** Throws the unique violation `leave_types_name`. */
export async function insertLeaveType(tx: Tx, t: StoredLeaveType): Promise<void> {
  await tx`
    insert into leave_types (id, name, name_key, paid, counts, half_days, entitlement, year_starts_in, carry_over_limit,
      carry_over_months, may_go_negative, needs_approval)
    values (${t.id}, ${t.name}, ${foldText(t.name)}, ${t.paid}, ${t.counts}, ${t.halfDays}, ${t.entitlement},
      ${t.yearStartsIn}, ${t.carryOverLimit}, ${t.carryOverMonths}, ${t.mayGoNegative}, ${t.needsApproval})`;
}

export async function findLeaveType(sql: Db, id: string): Promise<StoredLeaveType | undefined> {
  const [row] = await sql<StoredLeaveType[]>`select ${columns(sql)} from leave_types where id = ${id}`;
  return row;
}

/** As {@link findLeaveType}, held until the transaction ends: `share` while it is made use of, `update` to change it. */
export async function lockLeaveType(
  tx: Tx,
  id: string,
  mode: 'share' | 'update',
): Promise<StoredLeaveType | undefined> {
  const [row] = await tx<StoredLeaveType[]>`
    select ${columns(tx)} from leave_types where id = ${id} ${mode === 'share' ? tx`for share` : tx`for update`}`;
  return row;
}

/** Saves a type that this transaction has locked. Throws the unique violation `leave_types_name`. */
export async function saveLeaveType(tx: Tx, t: StoredLeaveType): Promise<void> {
  await tx`
    update leave_types set name = ${t.name}, name_key = ${foldText(t.name)}, paid = ${t.paid}, counts = ${t.counts},
      half_days = ${t.halfDays}, entitlement = ${t.entitlement}, carry_over_limit = ${t.carryOverLimit},
      carry_over_months = ${t.carryOverMonths}, may_go_negative = ${t.mayGoNegative}, needs_approval = ${t.needsApproval},
      active = ${t.active}, version = ${t.version}
    where id = ${t.id}`;
}

/** Deletes a locked type; false when it was ever asked for or granted. */
export async function deleteLeaveType(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx`
    delete from leave_types where id = ${id} and not exists (select from leave_requests where type_id = ${id})
      and not exists (select from leave_entries where type_id = ${id})`;
  return count > 0;
}

/** Types by name, and how many there are in all. */
export async function selectLeaveTypes(
  sql: Db,
  page: { limit: number; offset: number },
): Promise<{ types: StoredLeaveType[]; total: number }> {
  const types = await sql<StoredLeaveType[]>`
    select ${columns(sql)} from leave_types order by name_key limit ${page.limit} offset ${page.offset}`;
  const [count] = await sql<[{ total: number }]>`select count(*)::int as total from leave_types`;
  return { types: [...types], total: count.total };
}

/** The types that can be asked for, by name. */
export async function selectActiveTypes(sql: Db): Promise<StoredLeaveType[]> {
  return sql<StoredLeaveType[]>`select ${columns(sql)} from leave_types where active order by name_key`;
}

/** The types that are granted every year. */
export async function selectGrantedTypes(sql: Db): Promise<StoredLeaveType[]> {
  return sql<StoredLeaveType[]>`
    select ${columns(sql)} from leave_types where active and entitlement is not null order by id`;
}
