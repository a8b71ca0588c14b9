import { type Db, newId, type Tx } from '@muster/db';
import type { FillPlan, StoredHoliday } from '../../domain/leave/plan-fill.ts';

/** What is stored of a list between two dates, in order; what a person took out is marked. */
export async function selectHolidays(sql: Db, listId: string, from: string, to: string): Promise<StoredHoliday[]> {
  return sql<StoredHoliday[]>`
    select id, date, name, origin, removed from holidays
    where list_id = ${listId} and date between ${from} and ${to} order by date`;
}

/** Writes a date of a list by hand. */
export async function saveHoliday(tx: Tx, listId: string, date: string, name: string): Promise<void> {
  await tx`
    insert into holidays (list_id, date, id, name, origin) values (${listId}, ${date}, ${newId()}, ${name}, 'HAND')
    on conflict (list_id, date) do update set name = excluded.name, origin = 'HAND', removed = false`;
}

/** Takes a date out by hand: the row stays, so that filling the list again does not bring it back. */
export async function removeHoliday(tx: Tx, listId: string, date: string): Promise<void> {
  await tx`update holidays set removed = true, origin = 'HAND' where list_id = ${listId} and date = ${date}`;
}

/** Does what was planned, to a list that is locked. */
export async function applyFill(tx: Tx, listId: string, plan: FillPlan): Promise<void> {
  const names = [...plan.added, ...plan.renamed];
  await tx`
    insert into holidays (list_id, date, id, name, origin)
    select ${listId}, date, id, name, 'SOURCE'
    from unnest(${names.map(({ date }) => date)}::date[], ${names.map(() => newId())}::uuid[],
      ${names.map(({ name }) => name)}::text[]) as i (date, id, name)
    on conflict (list_id, date) do update set name = excluded.name where holidays.origin = 'SOURCE'`;
  await tx`
    delete from holidays where list_id = ${listId} and date = any(${plan.removed}::date[]) and origin = 'SOURCE'`;
}
