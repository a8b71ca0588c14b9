import type { Db } from '../types.ts';

/** Removes a parked event that was handled or given up; with `failed`, keeps it and notes why it failed again. */
export async function settleDeadLetter(db: Db, id: string, outcome: { failed?: string } = {}): Promise<boolean> {
  const rows =
    outcome.failed === undefined
      ? await db`delete from dead_letters where id = ${id} returning id`
      : await db`
          update dead_letters set attempts = attempts + 1, reason = ${outcome.failed}, last_tried_at = now()
          where id = ${id} returning id
        `;
  return rows.length > 0;
}
