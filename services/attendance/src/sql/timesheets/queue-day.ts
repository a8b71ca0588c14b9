import type { Tx } from '@muster/db';

/** Queues one day of a person to be derived again. */
export async function queueDay(tx: Tx, employeeId: string, date: string): Promise<void> {
  await tx`insert into day_queue (employee_id, from_date, to_date) values (${employeeId}, ${date}, ${date})`;
}
