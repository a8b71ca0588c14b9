import type { Role } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { User } from '../domain/user.ts';
import { userColumns } from './user-columns.ts';

export interface NewUser {
  id: string;
  email: string;
  username: string | null;
  name: string;
  role: Role;
  workId: string | null;
  workLocation: string | null;
  passwordHash: string | null;
  now: Temporal.Instant;
}

/**
 * Adds the user; undefined when the id or the e-mail is taken. The username is left out when somebody has it: it is a
 * convenience and must not fail a registration.
 */
export async function insertUser(tx: Db, u: NewUser): Promise<User | undefined> {
  const now = u.now.toString();
  const insert = (username: string | null) => tx<User[]>`
    insert into users (
      id, email, username, name, role, work_id, work_location, password_hash, password_changed_at, created_at, updated_at
    ) values (
      ${u.id}, ${u.email}, ${username}, ${u.name}, ${u.role}, ${u.workId}, ${u.workLocation}, ${u.passwordHash},
      ${u.passwordHash === null ? null : now}, ${now}, ${now}
    )
    on conflict do nothing
    returning ${userColumns(tx)}
  `;
  const [first] = await insert(u.username);
  if (first !== undefined || u.username === null) return first;
  const [second] = await insert(null);
  return second;
}
