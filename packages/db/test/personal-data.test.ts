import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  erasePersonalData,
  insertOutbox,
  kitTables,
  newEvent,
  type PersonalTables,
  readPersonalData,
  scrubTransport,
  unnamedColumns,
  withTransaction,
} from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table notes (id int primary key, person_id uuid not null, text text, secret text)`;
  await database.sql`create table marks (person_id uuid primary key, mark int)`;
});
afterAll(() => database.drop());

const tables: PersonalTables = {
  notes: {
    whose: 'person_id = $1',
    key: { id: 'int' },
    told: ['id', 'text'],
    withheld: ['person_id', 'secret'],
    erasure: { set: { text: 'null', secret: 'null' } },
  },
  marks: { whose: 'person_id = $1', key: { person_id: 'uuid' }, told: ['person_id', 'mark'], erasure: 'delete' },
  ...kitTables,
};

describe('a map of personal data', () => {
  test('agrees with the database, or says where it does not', async () => {
    const { sql } = database;
    expect(await unnamedColumns(sql, tables)).toEqual([]);
    await sql`alter table marks add column remark text`;
    await sql`create table forgotten (id int)`;
    expect(await unnamedColumns(sql, tables)).toEqual(['forgotten', 'marks.remark']);
    await sql`alter table marks drop column remark`;
    await sql`drop table forgotten`;
    expect(await unnamedColumns(sql, { ...tables, gone: { not: 'there' } })).toEqual(['gone']);
  });

  test('is read page by page, a person’s rows only, and told columns only', async () => {
    const [ada, bob] = [v7(), v7()];
    await database.sql`
      insert into notes select n, case when n % 2 = 0 then ${ada} else ${bob} end::uuid, 'note ' || n, 'PLANTED'
      from generate_series(1, 21) n
    `;
    await database.sql`insert into marks values (${ada}, 1)`;
    const pages: unknown[][] = [];
    let cursor: string | undefined;
    do {
      const page = await readPersonalData(database.sql, tables, ada, cursor, 4);
      pages.push(page.rows);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(pages.map((page) => page.length)).toEqual([4, 4, 2, 1, 0]);
    expect(pages[0]?.[0]).toEqual({ table: 'notes', row: { id: 2, text: 'note 2' } });
    expect(JSON.stringify(pages)).not.toContain('PLANTED');

    await withTransaction(database.sql, (tx) => erasePersonalData(tx, tables, ada));
    const left = await database.sql`select count(*)::int as n from notes where text is not null and person_id = ${bob}`;
    expect(left[0]?.n).toBe(11);
    expect(await database.sql`select 1 from notes where text is not null and person_id = ${ada}`).toHaveLength(0);
    expect(await database.sql`select 1 from marks`).toHaveLength(0);
  });

  test.each(['x', Buffer.from('{"table":"users; drop table notes","after":null}').toString('base64url')])(
    'a cursor of somebody else’s making is refused: %s',
    async (cursor) => {
      await expect(readPersonalData(database.sql, tables, v7(), cursor)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    },
  );
});

test('what travels loses the person, whether it waits or was sent, parked or kept as an answer', async () => {
  const { sql } = database;
  const [ada, bob] = [v7(), v7()];
  const occurredAt = '2026-11-21T08:00:00Z';
  const signedIn = (id: string, name: string) =>
    newEvent('auth.user-logged-in.v1', {
      version: 1,
      occurredAt,
      actor: { id, name, role: 'employee', ip: '203.0.113.5' },
      userId: id,
      sessionId: v7(),
    });
  const events = Array.from({ length: 2_500 }, () => signedIn(bob, 'Bob'));
  await insertOutbox(sql, [...events, signedIn(ada, 'Ada'), signedIn(ada, 'Ada')]);
  await sql`update outbox set published_at = now() where id = ${events[0]?.id ?? ''}`;
  const parked = signedIn(ada, 'Ada').envelope;
  await sql`
    insert into dead_letters (id, event_id, topic, payload) values
      (${v7()}, ${parked.id}, 'auth', ${JSON.stringify(parked)}::text::json),
      (${v7()}, ${v7()}, 'auth', ${JSON.stringify({ broken: ada, name: 'Ada' })}::text::json)
  `;
  await sql`
    insert into idempotency_keys (scope, key, fingerprint, body) values
      ('a', 'k', 'f', ${JSON.stringify({ id: ada, name: 'Ada' })}::text::json), ('b', 'k', 'f', '{"name":"Bob"}')
  `;
  await scrubTransport(sql, ada);
  const text = JSON.stringify([
    await sql`select payload from outbox`,
    await sql`select payload from dead_letters`,
    await sql`select body from idempotency_keys`,
  ]);
  expect(text).not.toContain('Ada');
  expect(text.match(/"Bob"/g)).toHaveLength(2_501);
  expect(await sql`select 1 from outbox where subject = ${ada}`).toHaveLength(2);
});
