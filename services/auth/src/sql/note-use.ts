import type { Db } from '@muster/db';

const column = { clients: 'last_used_at', api_keys: 'last_used_at', devices: 'last_seen_at' } as const;

/** Notes that a credential was used, to a minute: most uses write nothing. */
export async function noteUse(sql: Db, table: keyof typeof column, id: string, now: Temporal.Instant): Promise<void> {
  const field = sql(column[table]);
  await sql`
    update ${sql(table)} set ${field} = ${now.toString()}
    where id = ${id} and (${field} is null or ${field} < ${now.subtract({ minutes: 1 }).toString()})
  `;
}
