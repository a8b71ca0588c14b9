import type { Db } from '@muster/db';

// Any constant will do that no other lock of this database uses.
const adminsLock = 0x61646d69;

/** Until the transaction ends, nobody else takes an administrator away or seeds one. */
export async function lockAdmins(tx: Db): Promise<void> {
  await tx`select pg_advisory_xact_lock(${adminsLock})`;
}

/** Administrators who may sign in, apart from `exceptId`. */
export async function countOtherActiveAdmins(tx: Db, exceptId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*) as count from users
    where role = 'admin' and active and not person_deleted and deleted_at is null and id <> ${exceptId}
  `;
  return row?.count ?? 0;
}

/** True when the platform has an administrator at all, disabled ones included. */
export async function anyAdmin(sql: Db): Promise<boolean> {
  const rows = await sql`select 1 from users where role = 'admin' and deleted_at is null limit 1`;
  return rows.length > 0;
}
