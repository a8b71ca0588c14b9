import type { Db, Tx } from '@muster/db';
import type { ShiftTypeVersion } from '../../domain/rosters/shift-type-history.ts';

/** A shift type as stored, with every version, oldest first. */
export interface StoredShiftType {
  id: string;
  version: number;
  retiredAt: Date | null;
  versions: readonly ShiftTypeVersion[];
}

const columns = (db: Db) => db`t.id, t.version, t.retired_at as "retiredAt", (
  select json_agg(json_build_object('validFrom', v.valid_from, 'definition', v.definition) order by v.valid_from)
  from shift_type_versions v where v.shift_type_id = t.id) as versions`;

/** Adds a shift type. A name that another one has refuses it (`shift_types_name`). */
export async function insertShiftType(tx: Tx, type: StoredShiftType, name: string, nameKey: string): Promise<void> {
  await tx`
    insert into shift_types (id, name, name_key, version) values (${type.id}, ${name}, ${nameKey}, ${type.version})`;
  await saveVersions(tx, type.id, type.versions);
}

/** One shift type; undefined when there is none. */
export async function findShiftType(db: Db, id: string): Promise<StoredShiftType | undefined> {
  const [row] = await db<StoredShiftType[]>`select ${columns(db)} from shift_types t where t.id = ${id}`;
  return row;
}

/** One shift type, locked: whoever plans with it or changes it waits. */
export async function lockShiftType(tx: Tx, id: string): Promise<StoredShiftType | undefined> {
  await tx`select from shift_types where id = ${id} for update`;
  return findShiftType(tx, id);
}

/** Shift types by name, and how many there are in all. */
export async function listShiftTypes(
  db: Db,
  o: { retired: boolean; limit: number; offset: number },
): Promise<{ types: StoredShiftType[]; total: number }> {
  const which = o.retired ? db`` : db`where t.retired_at is null`;
  const types = await db<StoredShiftType[]>`
    select ${columns(db)} from shift_types t ${which} order by t.name_key, t.id limit ${o.limit} offset ${o.offset}`;
  const [count] = await db<[{ total: number }]>`select count(*)::int as total from shift_types t ${which}`;
  return { types, total: count.total };
}

/** Keeps a changed shift type, under its lock. */
export async function saveShiftType(tx: Tx, type: StoredShiftType, name: string, nameKey: string): Promise<void> {
  await tx`
    update shift_types set name = ${name}, name_key = ${nameKey}, version = ${type.version}, retired_at = ${type.retiredAt}
    where id = ${type.id}`;
  await tx`delete from shift_type_versions where shift_type_id = ${type.id}`;
  await saveVersions(tx, type.id, type.versions);
}

async function saveVersions(tx: Tx, id: string, versions: readonly ShiftTypeVersion[]): Promise<void> {
  await tx`
    insert into shift_type_versions (shift_type_id, valid_from, definition)
    select ${id}, v."validFrom", v.definition
    from json_to_recordset(${JSON.stringify(versions)}::text::json) as v ("validFrom" date, definition jsonb)`;
}

/** Holds shift types as they are until the transaction ends. Returns those of `ids` that may be planned: there, and not retired. */
export async function holdShiftTypes(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx<{ id: string; retired: boolean }[]>`
    select id, retired_at is not null as retired from shift_types where id = any(${ids as string[]}::uuid[])
    order by id for share`;
  return new Set(rows.filter(({ retired }) => !retired).map(({ id }) => id));
}
