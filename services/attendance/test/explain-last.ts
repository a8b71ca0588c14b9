import type { Sql } from '@muster/db';

/** What Postgres did for a statement, and the pages it touched. */
export interface Explained {
  text: string;
  pages: number;
}

/** Runs it, and explains the last statement that it sent. */
export async function explainLast(sql: Sql, run: (sql: Sql) => Promise<unknown>): Promise<Explained> {
  const queries: unknown[] = [];
  const noting = (...query: Parameters<Sql>) => {
    queries.push(sql(...query));
    return queries.at(-1);
  };
  await run(noting as unknown as Sql);
  const rows = await sql<{ 'QUERY PLAN': string }[]>`
    explain (analyze, buffers, costs off, timing off, summary off) ${queries.at(-1) as never}`;
  const text = rows.map((row) => row['QUERY PLAN']).join('\n');
  if (process.env.SHOW_PLAN) console.log(text);
  // The first line with pages is of the whole.
  const [, hit = 0, read = 0] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(text) ?? [];
  return { text, pages: Number(hit) + Number(read) };
}
