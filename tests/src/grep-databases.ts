import { world } from './world.ts';

const services = ['auth', 'employee', 'attendance', 'events'] as const;

/** Every text, json or array column of all four databases that holds one of these words, as `service.table.column`. */
export async function columnsHolding(words: readonly string[]): Promise<string[]> {
  const { superuser } = await world();
  const found: string[] = [];
  for (const service of services) {
    const sql = superuser(service);
    const columns = await sql<{ table: string; column: string }[]>`
      select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea', 'inet')
      order by 1, 2
    `;
    for (const { table, column } of columns) {
      // bytea as text is hex: words are sought in it as they are, and as bytes.
      const patterns = words.flatMap((word) => [`%${word}%`, `%${Buffer.from(word).toString('hex')}%`]);
      const rows = await sql`
        select 1 from ${sql(table)} where ${sql(column)}::text ilike any(${patterns}::text[]) limit 1
      `;
      if (rows.length > 0) found.push(`${service}.${table}.${column}`);
    }
  }
  return found;
}
