import type { Db } from '@muster/db';
import type { Client } from '../domain/machines.ts';
import { isoColumn } from './iso-columns.ts';

const columns = (sql: Db) => sql`
  id, name, scopes, active, version, token_version as "tokenVersion", ${isoColumn(sql, 'last_used_at', 'lastUsedAt')},
  ${isoColumn(sql, 'created_at', 'createdAt')}, ${isoColumn(sql, 'updated_at', 'updatedAt')}
`;

export async function insertClient(
  tx: Db,
  c: { id: string; name: string; scopes: string[]; now: Temporal.Instant },
): Promise<Client> {
  const at = c.now.toString();
  const [row] = await tx<Client[]>`
    insert into clients (id, name, scopes, created_at, updated_at) values (${c.id}, ${c.name}, ${c.scopes}, ${at}, ${at})
    returning ${columns(tx)}
  `;
  return row as Client;
}

export async function findClient(sql: Db, id: string): Promise<Client | undefined> {
  const [row] = await sql<Client[]>`select ${columns(sql)} from clients where id = ${id} and deleted_at is null`;
  return row;
}

/** As {@link findClient}; nobody changes it until the transaction ends. */
export async function lockClient(tx: Db, id: string): Promise<Client | undefined> {
  const [row] = await tx<Client[]>`
    select ${columns(tx)} from clients where id = ${id} and deleted_at is null for update
  `;
  return row;
}

/** One page, newest first, and the count of all. */
export async function listClients(
  sql: Db,
  f: { page: number; limit: number },
): Promise<{ clients: Client[]; total: number }> {
  const clients = await sql<Client[]>`
    select ${columns(sql)} from clients where deleted_at is null
    order by created_at desc, id desc limit ${f.limit} offset ${(f.page - 1) * f.limit}
  `;
  const [count] = await sql<{ total: number }[]>`select count(*) as total from clients where deleted_at is null`;
  return { clients, total: count?.total ?? 0 };
}

export interface ClientChange {
  name?: string | undefined;
  scopes?: string[] | undefined;
  active?: boolean | undefined;
  deleted?: true;
  /** Access tokens issued before this change are to be refused. */
  bumpTokens?: boolean;
}

/** Applies the change and raises the version; `client` must be locked. Returns it as it is now. */
export async function changeClient(
  tx: Db,
  client: Client,
  change: ClientChange,
  now: Temporal.Instant,
): Promise<Client> {
  const at = now.toString();
  const [row] = await tx<Client[]>`
    update clients set
      name = ${change.name ?? client.name}, scopes = ${change.scopes ?? client.scopes},
      active = ${change.active ?? client.active}, version = version + 1, updated_at = ${at}
      ${change.bumpTokens ? tx`, token_version = token_version + 1, token_version_bumped_at = ${at}` : tx``}
      ${change.deleted ? tx`, deleted_at = ${at}` : tx``}
    where id = ${client.id}
    returning ${columns(tx)}
  `;
  return row as Client;
}
