import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '@muster/db';

/** How many days are stored, and one number that any byte of any of them would change. */
export interface StoredDays {
  days: number;
  hash: string;
}

/** Reads every stored day; the order of rows means nothing. */
export async function readStoredDays(sql: Sql): Promise<StoredDays> {
  const [row] = await sql<[StoredDays]>`
    select count(*)::int as days, coalesce(sum(hashtextextended(employee_id::text || date || day, 0)::numeric), 0)::text as hash
    from attendance_days`;
  return row;
}

/** Waits until no day is left to be derived; seconds it took. */
export async function drained(sql: Sql): Promise<number> {
  const startedAt = performance.now();
  const left = async (): Promise<boolean> => (await sql`select 1 from day_queue limit 1`).length > 0;
  while (await left()) await sleep(200);
  return (performance.now() - startedAt) / 1000;
}
