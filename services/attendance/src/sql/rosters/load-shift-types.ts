import type { Db } from '@muster/db';
import type { ShiftDefinition, ShiftTypeHistory } from '../../domain/rosters/shift-type-history.ts';

interface Row {
  id: string;
  validFrom: string;
  definition: ShiftDefinition;
}

/** Every version of these shift types, by id, retired ones too. There are as many as a company has kinds of shifts. */
export async function loadShiftTypes(db: Db, ids: readonly string[]): Promise<Map<string, ShiftTypeHistory>> {
  if (ids.length === 0) return new Map();
  const rows = await db<Row[]>`
    select shift_type_id as id, valid_from as "validFrom", definition from shift_type_versions
    where shift_type_id = any(${ids as string[]}::uuid[]) order by shift_type_id, valid_from`;
  const groups = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    [...groups].map(([id, versions]) => [
      id,
      { id, versions: versions.map(({ validFrom, definition }) => ({ validFrom, definition })) },
    ]),
  );
}
