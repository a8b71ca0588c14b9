import type { Db, Tx } from '@muster/db';

/** A rotation as stored. */
export interface StoredRotation {
  id: string;
  name: string;
  anchor: string;
  pattern: readonly (readonly string[])[];
  version: number;
  retiredAt: Date | null;
}

const columns = (db: Db) => db`r.id, r.name, r.anchor, r.pattern, r.version, r.retired_at as "retiredAt"`;

/** Adds a rotation. A name that another one has refuses it (`rotations_name`). */
export async function insertRotation(tx: Tx, rotation: StoredRotation, nameKey: string): Promise<void> {
  const { id, name, anchor, pattern, version } = rotation;
  await tx`
    insert into rotations (id, name, name_key, anchor, pattern, shift_type_ids, version)
    values (${id}, ${name}, ${nameKey}, ${anchor}, ${JSON.stringify(pattern)}::text::jsonb,
      ${[...new Set(pattern.flat())]}::uuid[], ${version})`;
}

/** One rotation; undefined when there is none. */
export async function findRotation(db: Db, id: string): Promise<StoredRotation | undefined> {
  const [row] = await db<StoredRotation[]>`select ${columns(db)} from rotations r where r.id = ${id}`;
  return row;
}

/** Rotations that are not retired by name, and how many there are in all. */
export async function listRotations(
  db: Db,
  page: { limit: number; offset: number },
): Promise<{ rotations: StoredRotation[]; total: number }> {
  const rotations = await db<StoredRotation[]>`
    select ${columns(db)} from rotations r where r.retired_at is null
    order by r.name_key, r.id limit ${page.limit} offset ${page.offset}`;
  const [count] = await db<[{ total: number }]>`
    select count(*)::int as total from rotations where retired_at is null`;
  return { rotations, total: count.total };
}

/** Retires a rotation; undefined when there is none, or it was retired before. */
export async function retireRotationRow(tx: Tx, id: string, atMs: number): Promise<StoredRotation | undefined> {
  const [row] = await tx<StoredRotation[]>`
    update rotations r set retired_at = ${new Date(atMs)}, version = r.version + 1
    where r.id = ${id} and r.retired_at is null returning ${columns(tx)}`;
  return row;
}

/** Holds a rotation as it is until the transaction ends; undefined when it may not be planned: not there, or retired. */
export async function holdRotation(tx: Tx, id: string): Promise<string | undefined> {
  const [row] = await tx<{ id: string; retired: boolean }[]>`
    select id, retired_at is not null as retired from rotations where id = ${id} for share`;
  return row?.retired === false ? row.id : undefined;
}
