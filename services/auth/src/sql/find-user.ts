import type { Db } from '@muster/db';
import type { User } from '../domain/user.ts';
import { userColumns } from './user-columns.ts';

/** The user of that id, unless deleted. */
export async function findUser(sql: Db, id: string): Promise<User | undefined> {
  const [user] = await sql<User[]>`
    select ${userColumns(sql)} from users where id = ${id} and deleted_at is null
  `;
  return user;
}

/** As {@link findUser}; nobody changes the user until the transaction ends. */
export async function lockUser(tx: Db, id: string): Promise<User | undefined> {
  const [user] = await tx<User[]>`
    select ${userColumns(tx)} from users where id = ${id} and deleted_at is null for update
  `;
  return user;
}

/** As {@link findUser}, but others may read on; a disabling waits, so that it ends the session that is being opened. */
export async function holdUser(tx: Db, id: string): Promise<User | undefined> {
  const [user] = await tx<User[]>`
    select ${userColumns(tx)} from users where id = ${id} and deleted_at is null for share
  `;
  return user;
}

export interface UserWithHash {
  user: User;
  passwordHash: string | null;
}

type Row = User & { passwordHash: string | null };
const split = (row: Row | undefined): UserWithHash | undefined => {
  if (row === undefined) return undefined;
  const { passwordHash, ...user } = row;
  return { user, passwordHash };
};

/** By e-mail or username, both lower case: a username never holds an @. */
export async function findUserBySignInName(sql: Db, name: string): Promise<UserWithHash | undefined> {
  const column = sql(name.includes('@') ? 'email' : 'username');
  const [row] = await sql<Row[]>`
    select ${userColumns(sql)}, password_hash as "passwordHash" from users
    where ${column} = ${name} and deleted_at is null
  `;
  return split(row);
}

export async function findUserWithHash(sql: Db, id: string): Promise<UserWithHash | undefined> {
  const [row] = await sql<Row[]>`
    select ${userColumns(sql)}, password_hash as "passwordHash" from users where id = ${id} and deleted_at is null
  `;
  return split(row);
}
