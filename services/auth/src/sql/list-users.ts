import type { Role } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { User } from '../domain/user.ts';
import { userColumns } from './user-columns.ts';

export interface UserFilter {
  page: number;
  limit: number;
  /** Part of the name, e-mail, username or work id. */
  search?: string | undefined;
  role?: Role | undefined;
  active?: boolean | undefined;
}

const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`;

/** One page, newest first, and the count of all that match. */
export async function listUsers(sql: Db, f: UserFilter): Promise<{ users: User[]; total: number }> {
  const search = f.search === undefined ? null : likePattern(f.search);
  const where = sql`
    deleted_at is null
    ${f.role === undefined ? sql`` : sql`and role = ${f.role}`}
    ${f.active === undefined ? sql`` : sql`and (active and not person_deleted) = ${f.active}`}
    ${search === null ? sql`` : sql`and (name ilike ${search} or email ilike ${search} or username ilike ${search} or work_id ilike ${search})`}
  `;
  const users = await sql<User[]>`
    select ${userColumns(sql)} from users where ${where}
    order by created_at desc, id desc limit ${f.limit} offset ${(f.page - 1) * f.limit}
  `;
  const [count] = await sql<{ total: number }[]>`select count(*) as total from users where ${where}`;
  return { users, total: count?.total ?? 0 };
}
