import type { Db, Tx } from '@muster/db';

/**
 * Balances of a leave year in which something is left, of people after an id, in order; held until the transaction ends. What another
 * process holds is passed over.
 */
export async function takeUnsettledBalances(
  tx: Tx,
  f: { typeId: string; leaveYear: string; after: string; limit: number },
): Promise<{ employeeId: string; balance: number }[]> {
  return tx<{ employeeId: string; balance: number }[]>`
    select employee_id as "employeeId", amount as balance from leave_balances
    where type_id = ${f.typeId} and leave_year = ${f.leaveYear} and employee_id > ${f.after} and amount <> 0
    order by employee_id limit ${f.limit} for update skip locked`;
}

/** The leave years of a type, up to the one that begins on a date, in which somebody has something left. */
export async function selectUnsettledYears(sql: Db, typeId: string, latestStart: string): Promise<string[]> {
  const rows = await sql<{ leaveYear: string }[]>`
    select distinct leave_year as "leaveYear" from leave_balances
    where type_id = ${typeId} and leave_year <= ${latestStart} and amount <> 0 order by leave_year`;
  return rows.map(({ leaveYear }) => leaveYear);
}

/** What people carried into a leave year before. */
export async function sumCarriedIn(
  tx: Tx,
  typeId: string,
  leaveYear: string,
  employeeIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx<{ employeeId: string; amount: number }[]>`
    select employee_id as "employeeId", sum(amount)::int as amount from leave_entries
    where employee_id = any(${employeeIds as string[]}::uuid[]) and type_id = ${typeId} and leave_year = ${leaveYear}
      and kind = 'CARRIED_IN'
    group by employee_id`;
  return new Map(rows.map(({ employeeId, amount }) => [employeeId, amount]));
}

/** Leave years of a type with something carried in that stopped being good in the two months before `today`. */
export async function selectLapsedYears(sql: Db, typeId: string, today: string): Promise<string[]> {
  const rows = await sql<{ leaveYear: string }[]>`
    select distinct leave_year as "leaveYear" from leave_entries
    where type_id = ${typeId} and good_until < ${today} and good_until > ${today}::date - 62 order by leave_year`;
  return rows.map(({ leaveYear }) => leaveYear);
}

/** People after an id, in order, who carried something into a leave year. */
export async function selectCarriers(
  sql: Db,
  f: { typeId: string; leaveYear: string; after: string; limit: number },
): Promise<string[]> {
  const rows = await sql<{ employeeId: string }[]>`
    select distinct employee_id as "employeeId" from leave_entries
    where type_id = ${f.typeId} and leave_year = ${f.leaveYear} and employee_id > ${f.after} and good_until is not null
    order by employee_id limit ${f.limit}`;
  return rows.map(({ employeeId }) => employeeId);
}
