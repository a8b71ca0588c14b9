import type { Db } from '@muster/db';
import type { User } from '../domain/user.ts';
import { userColumns } from './user-columns.ts';

/** Stores a password that the person has chosen anew. Returns the user as it is now. */
export async function setPassword(tx: Db, id: string, hash: string, now: Temporal.Instant): Promise<User | undefined> {
  const at = now.toString();
  const [user] = await tx<User[]>`
    update users set password_hash = ${hash}, password_changed_at = ${at}, version = version + 1, updated_at = ${at}
    where id = ${id} and deleted_at is null
    returning ${userColumns(tx)}
  `;
  return user;
}

/** Stores the same password hashed at another cost; nothing when it was changed meanwhile. */
export async function replaceHash(tx: Db, id: string, before: string, after: string): Promise<void> {
  await tx`update users set password_hash = ${after} where id = ${id} and password_hash = ${before}`;
}
