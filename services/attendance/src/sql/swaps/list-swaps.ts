import type { Db } from '@muster/db';
import type { Swap } from '../../domain/swaps/swap.ts';
import { type SwapRow, swapColumns, toSwap } from './swap-row.ts';

export interface SwapFilter {
  /** Those in which this person gives or takes. */
  employeeId?: string | undefined;
  /** Those of this manager, and of everybody below them. */
  managerId?: string | undefined;
  status?: string | undefined;
  /** Ids below it, as the last page ended. */
  before?: string | undefined;
  limit: number;
}

/** Swaps, newest first: an index backwards from the cursor, per person where people are named. */
export async function listSwaps(
  sql: Db,
  { employeeId, managerId, status, before, limit }: SwapFilter,
): Promise<Swap[]> {
  const matches = sql`true ${before === undefined ? sql`` : sql`and s.id < ${before}`}
    ${status === undefined ? sql`` : sql`and s.status = ${status}`}`;
  const ofPerson = (person: ReturnType<Db>) => sql`
    (select * from shift_swaps s where s.requester_id = ${person} and ${matches} order by s.id desc limit ${limit})
    union
    (select * from shift_swaps s where s.colleague_id = ${person} and ${matches} order by s.id desc limit ${limit})`;
  const below = sql`
    with recursive below (person) as (
      select ${managerId ?? null}::uuid
      union
      select p.id from people p join below on p.manager_id = below.person
    )`;
  const narrowed = employeeId === undefined ? sql`` : sql`and ${employeeId}::uuid in (s.requester_id, s.colleague_id)`;
  const rows = managerId
    ? await sql<SwapRow[]>`
        ${below} select distinct ${swapColumns(sql)} from below cross join lateral (${ofPerson(sql`below.person`)}) s
        where true ${narrowed} order by id desc limit ${limit}`
    : employeeId
      ? await sql<SwapRow[]>`
          select ${swapColumns(sql)} from (${ofPerson(sql`${employeeId}::uuid`)}) s order by id desc limit ${limit}`
      : await sql<SwapRow[]>`
          select ${swapColumns(sql)} from shift_swaps s where ${matches} order by id desc limit ${limit}`;
  return rows.map(toSwap);
}
