import { claimInbox, type Sql } from '@muster/db';

/** Records an event that changes nothing here: its producer asks later whether it arrived. */
export async function noteEvent(sql: Sql, id: string): Promise<void> {
  await claimInbox(sql, 'attendance', [id]);
}
