import type { Db } from '../types.ts';
import { isPersonal, type PersonalTables } from './personal-tables.ts';

/**
 * Where a map of personal data and the database disagree: tables and columns the map does not name, and names that are not
 * there. For tests: empty means that nothing was forgotten.
 */
export async function unnamedColumns(db: Db, tables: PersonalTables): Promise<string[]> {
  const rows = await db<{ table: string; columns: string[] }[]>`
    select table_name::text as table, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns where table_schema = 'public' group by table_name order by table_name
  `;
  const there = new Map(rows.map((row) => [row.table, row.columns]));
  const unknown = Object.keys(tables).filter((name) => !there.has(name));
  return [...unknown, ...rows.flatMap(({ table, columns }) => differences(table, columns, tables))];
}

function differences(name: string, columns: readonly string[], tables: PersonalTables): string[] {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (table === undefined) return [name];
  if (!isPersonal(table)) return [];
  const named = [...table.told, ...(table.withheld ?? [])];
  const set = typeof table.erasure === 'string' ? [] : Object.keys(table.erasure.set);
  const missing = columns.filter((column) => !named.includes(column));
  const wrong = [...named, ...Object.keys(table.key), ...set].filter((column) => !columns.includes(column));
  return [...missing, ...wrong].map((column) => `${name}.${column}`);
}
