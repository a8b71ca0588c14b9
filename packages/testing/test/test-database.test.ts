import { afterAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../src/index.ts';

const open: TestDatabase[] = [];
afterAll(async () => {
  for (const database of open) await database.drop();
});

test('two databases of the same migrations know nothing of each other', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  open.push(one, two);
  await one.sql`insert into inbox (event_id, consumer) values (gen_random_uuid(), 'a')`;
  const [count] = await two.sql<{ count: number }[]>`select count(*) from inbox`;
  expect(count).toEqual({ count: 0 });
});

test('drop() leaves no database behind', async () => {
  const [keep, gone] = await Promise.all([testDatabase(), testDatabase()]);
  open.push(keep);
  const name = new URL(gone.url).pathname.slice(1);
  await gone.drop();
  expect(await keep.sql`select from pg_database where datname = ${name}`).toHaveLength(0);
});
