import type { Db } from '@muster/db';

/** True when an account, disabled ones included, has this e-mail. */
export async function emailExists(sql: Db, email: string): Promise<boolean> {
  const rows = await sql`select 1 from users where email = ${email} and deleted_at is null`;
  return rows.length > 0;
}
