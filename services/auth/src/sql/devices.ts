import type { Db } from '@muster/db';
import type { Device } from '../domain/machines.ts';
import { isoColumn } from './iso-columns.ts';

const columns = (sql: Db) => sql`
  id, name, site_id as "siteId", active, version, token_version as "tokenVersion",
  ${isoColumn(sql, 'last_seen_at', 'lastSeenAt')}, ${isoColumn(sql, 'created_at', 'createdAt')},
  ${isoColumn(sql, 'updated_at', 'updatedAt')}
`;

export async function insertDevice(
  tx: Db,
  d: { id: string; name: string; siteId: string; hash: Uint8Array; now: Temporal.Instant },
): Promise<Device> {
  const at = d.now.toString();
  const [row] = await tx<Device[]>`
    insert into devices (id, name, site_id, hash, created_at, updated_at)
    values (${d.id}, ${d.name}, ${d.siteId}, ${d.hash}, ${at}, ${at})
    returning ${columns(tx)}
  `;
  return row as Device;
}

export async function findDevice(sql: Db, id: string): Promise<Device | undefined> {
  const [row] = await sql<Device[]>`select ${columns(sql)} from devices where id = ${id} and deleted_at is null`;
  return row;
}

/** As {@link findDevice}; nobody changes it until the transaction ends. */
export async function lockDevice(tx: Db, id: string): Promise<Device | undefined> {
  const [row] = await tx<Device[]>`
    select ${columns(tx)} from devices where id = ${id} and deleted_at is null for update
  `;
  return row;
}

/** The device of this token, unless it is disabled or removed. */
export async function findDeviceByHash(sql: Db, hash: Uint8Array): Promise<Device | undefined> {
  const [row] = await sql<Device[]>`
    select ${columns(sql)} from devices where hash = ${hash} and active and deleted_at is null
  `;
  return row;
}

/** One page, newest first, of one site where it is given, and the count of all that match. */
export async function listDevices(
  sql: Db,
  f: { siteId?: string | undefined; page: number; limit: number },
): Promise<{ devices: Device[]; total: number }> {
  const where = sql`deleted_at is null ${f.siteId === undefined ? sql`` : sql`and site_id = ${f.siteId}`}`;
  const devices = await sql<Device[]>`
    select ${columns(sql)} from devices where ${where}
    order by created_at desc, id desc limit ${f.limit} offset ${(f.page - 1) * f.limit}
  `;
  const [count] = await sql<{ total: number }[]>`select count(*) as total from devices where ${where}`;
  return { devices, total: count?.total ?? 0 };
}

export interface DeviceChange {
  name?: string | undefined;
  active?: boolean | undefined;
  deleted?: true;
  /** Access tokens issued before this change are to be refused. */
  bumpTokens?: boolean;
}

/** Applies the change and raises the version; `device` must be locked. Returns it as it is now. */
export async function changeDevice(
  tx: Db,
  device: Device,
  change: DeviceChange,
  now: Temporal.Instant,
): Promise<Device> {
  const at = now.toString();
  const [row] = await tx<Device[]>`
    update devices set
      name = ${change.name ?? device.name}, active = ${change.active ?? device.active},
      version = version + 1, updated_at = ${at}
      ${change.bumpTokens ? tx`, token_version = token_version + 1, token_version_bumped_at = ${at}` : tx``}
      ${change.deleted ? tx`, deleted_at = ${at}` : tx``}
    where id = ${device.id}
    returning ${columns(tx)}
  `;
  return row as Device;
}
