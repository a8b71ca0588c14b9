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

/** Waits until no day is left to be derived, those included that the daily look ahead queues once a day. */
export async function drained(sql: Sql): Promise<void> {
  const isBusy = async (): Promise<boolean> => {
    const [row] = await sql<[{ busy: boolean }]>`
      select exists (select from day_queue) or through <= current_date as busy from roster_horizon`;
    return row.busy;
  };
  while (await isBusy()) await sleep(200);
}
