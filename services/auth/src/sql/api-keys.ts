import type { Role } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { ApiKey } from '../domain/machines.ts';
import { isoColumn } from './iso-columns.ts';

const columns = (sql: Db) => sql`
  id, user_id as "userId", client_id as "clientId", hint, name, scopes, ${isoColumn(sql, 'created_at', 'createdAt')},
  ${isoColumn(sql, 'expires_at', 'expiresAt')}, ${isoColumn(sql, 'last_used_at', 'lastUsedAt')}
`;

/** As whom a key acts: exactly one of the two. */
export type KeyOwner = { userId: string; clientId?: never } | { clientId: string; userId?: never };

const ownedBy = (sql: Db, o: KeyOwner) =>
  o.userId === undefined ? sql`client_id = ${o.clientId}` : sql`user_id = ${o.userId}`;

export interface NewApiKey {
  id: string;
  owner: KeyOwner;
  hash: Uint8Array;
  hint: string;
  name: string;
  scopes: string[];
  now: Temporal.Instant;
  expiresAt: Temporal.Instant;
}

export async function insertApiKey(tx: Db, k: NewApiKey): Promise<ApiKey> {
  const [row] = await tx<ApiKey[]>`
    insert into api_keys (id, user_id, client_id, hash, hint, name, scopes, created_at, expires_at)
    values (${k.id}, ${k.owner.userId ?? null}, ${k.owner.clientId ?? null}, ${k.hash}, ${k.hint}, ${k.name}, ${k.scopes},
      ${k.now.toString()}, ${k.expiresAt.toString()})
    returning ${columns(tx)}
  `;
  return row as ApiKey;
}

/** How many keys of the owner are good at `now`. */
export async function countApiKeys(tx: Db, owner: KeyOwner, now: Temporal.Instant): Promise<number> {
  const [row] = await tx<{ total: number }[]>`
    select count(*) as total from api_keys
    where ${ownedBy(tx, owner)} and revoked_at is null and expires_at > ${now.toString()}
  `;
  return row?.total ?? 0;
}

/** One page of an owner's keys, newest first, and the count of all; revoked ones are left out. */
export async function listApiKeys(
  sql: Db,
  f: { owner: KeyOwner; page: number; limit: number },
): Promise<{ keys: ApiKey[]; total: number }> {
  const where = sql`${ownedBy(sql, f.owner)} and revoked_at is null`;
  const keys = await sql<ApiKey[]>`
    select ${columns(sql)} from api_keys where ${where} order by id desc limit ${f.limit} offset ${(f.page - 1) * f.limit}
  `;
  const [count] = await sql<{ total: number }[]>`select count(*) as total from api_keys where ${where}`;
  return { keys, total: count?.total ?? 0 };
}

export async function findApiKey(sql: Db, id: string): Promise<ApiKey | undefined> {
  const [row] = await sql<ApiKey[]>`select ${columns(sql)} from api_keys where id = ${id} and revoked_at is null`;
  return row;
}

/** Ends a key; false when it had ended before. */
export async function revokeApiKey(tx: Db, id: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx`
    update api_keys set revoked_at = ${now.toString()} where id = ${id} and revoked_at is null returning id
  `;
  return rows.length > 0;
}

/** A key that is good, and whom it acts as. */
export interface ProvenKey {
  id: string;
  scopes: string[];
  expiresAtS: number;
  userId: string | null;
  /** Of the person or the client. */
  name: string;
  email: string;
  role: Role | 'client';
  tokenVersion: number;
  ownerId: string;
  /** What the client it acts as may do; null for a person's. */
  clientScopes: string[] | null;
}

/** The key of this hash while it is good and whoever it acts as may sign in. */
export async function findApiKeyByHash(
  sql: Db,
  hash: Uint8Array,
  now: Temporal.Instant,
): Promise<ProvenKey | undefined> {
  const [row] = await sql<ProvenKey[]>`
    select k.id, k.scopes, floor(extract(epoch from k.expires_at))::float8 as "expiresAtS", k.user_id as "userId",
      coalesce(u.name, c.name) as name, coalesce(u.email, '') as email, coalesce(u.role, 'client') as role,
      coalesce(u.token_version, c.token_version) as "tokenVersion", coalesce(u.id, c.id) as "ownerId",
      c.scopes as "clientScopes"
    from api_keys k
    left join users u on u.id = k.user_id and u.active and not u.person_deleted and u.deleted_at is null
    left join clients c on c.id = k.client_id and c.active and c.deleted_at is null
    where k.hash = ${hash} and k.revoked_at is null and k.expires_at > ${now.toString()}
      and num_nonnulls(u.id, c.id) = 1
  `;
  return row;
}
