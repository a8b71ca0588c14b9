import { AppError, type PersonalDataPage } from '@muster/contracts';
import { z } from 'zod';
import type { Db } from '../types.ts';
import { isPersonal, type PersonalTable, type PersonalTables } from './personal-tables.ts';

const place = z.object({ table: z.string(), after: z.array(z.string()).nullable() });
type Place = z.infer<typeof place>;

const pageSize = 500;

/**
 * A page of what the tables hold about a person, table by table in the order of the map: memory stays flat however long a
 * history is. Throws `invalid_input` for a cursor that none of our pages gave.
 */
export async function readPersonalData(
  db: Db,
  tables: PersonalTables,
  personId: string,
  cursor?: string,
  limit = pageSize,
): Promise<PersonalDataPage> {
  const names = Object.keys(tables);
  const start = cursor === undefined ? { table: names[0] ?? '', after: null } : readCursor(cursor, names);
  let { after } = start;
  for (const name of names.slice(names.indexOf(start.table))) {
    const table = tables[name];
    if (table !== undefined && isPersonal(table)) {
      const rows = await readRows(db, { name, table, personId, after, limit });
      const last = rows.at(-1);
      if (last !== undefined) {
        const tell = table.tell ?? ((row) => row);
        return {
          rows: rows.map(({ row }) => ({ table: name, row: tell(row, personId) })),
          next: writeCursor({ table: name, after: last.key }),
        };
      }
    }
    after = null;
  }
  return { rows: [], next: null };
}

interface Wanted {
  name: string;
  table: PersonalTable;
  personId: string;
  after: string[] | null;
  limit: number;
}

async function readRows(db: Db, { name, table, personId, after, limit }: Wanted) {
  const keys = Object.entries(table.key);
  const order = keys.map(([column]) => column).join(', ');
  const behind = keys.map(([, type], index) => `$${index + 2}::text::${type}`).join(', ');
  const text = `
    select json_build_object(${table.told.map((column) => `'${column}', ${column}`).join(', ')}) as row,
      array[${keys.map(([column]) => `${column}::text`).join(', ')}] as key
    from ${name} where (${table.whose}) ${after === null ? '' : `and (${order}) > (${behind})`}
    order by ${order} limit ${limit}`;
  return db.unsafe<{ row: Record<string, unknown>; key: string[] }[]>(text, [personId, ...(after ?? [])]);
}

const writeCursor = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

function readCursor(cursor: string, names: readonly string[]): Place {
  try {
    const at = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (names.includes(at.table)) return at;
  } catch {
    // Said below.
  }
  throw new AppError('invalid_input', 'This cursor is none of ours.');
}
