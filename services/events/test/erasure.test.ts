import { unnamedColumns } from '@muster/db';
import { type TestDatabase, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { personalTables } from '../src/sql/personal-data.ts';
import { erasePerson } from '../src/verbs/erase-person.ts';
import { recordEvents } from '../src/verbs/record-events.ts';
import { tellPersonalData } from '../src/verbs/tell-personal-data.ts';
import { verifyAudit } from '../src/verbs/verify-audit.ts';
import { checkedIn, created, envelope, passwordChanged, person, registered, user } from './support/events.ts';
import { appApiToken, migrations, testDeps, testService } from './support/service.ts';

const ada = v7();
const other = v7();
const hr = { id: v7(), name: 'Hanna Resources', role: 'hr' as const, ip: '198.51.100.7', userAgent: 'hr-browser' };
const asAda = { id: ada, name: 'Marker Lovelace', role: 'hr' as const, ip: '203.0.113.77', userAgent: 'marker-agent' };
const markers = ['Lovelace', 'marker-agent', '203.0.113.77', 'marker@', 'M-4711', 'marker-note', '1999-12-31'];
const admin = user('admin');

let database: TestDatabase;
let deps: ReturnType<typeof testDeps>;

const snapshot = (name: string) => ({
  ...person(name),
  email: 'marker@muster.local',
  workId: 'M-4711',
  hiredOn: '1999-12-31',
});

/** What Ada did, what was done to her, and what she did to somebody else. */
const history = () => [
  registered(admin.id, 'admin'),
  envelope('auth.user-registered.v1', {
    userId: ada,
    actor: asAda,
    after: { email: 'marker@muster.local', name: 'Marker Lovelace', role: 'hr', workId: 'M-4711' },
  }),
  envelope('employee.employee-created.v1', { employeeId: ada, actor: hr, after: snapshot('Marker Lovelace') }),
  envelope('auth.sign-in-failed.v1', { userId: ada, actor: asAda, emailHint: 'marker@…', reason: 'wrong-password' }),
  passwordChanged(ada),
  checkedIn(ada),
  envelope('employee.employee-updated.v1', {
    employeeId: other,
    actor: asAda,
    before: person('Bob'),
    after: person('Bobby'),
    changedFields: ['name'],
  }),
  {
    ...created('Carl', v7()),
    type: 'desk.note-written.v9',
    data: { personId: v7(), employeeId: ada, text: 'marker-note' },
  },
];

const everything = async (): Promise<string> => {
  const tables = ['audit_entries', 'audit_redactions', 'notifications', 'recipients', 'dead_letters'];
  const rows = await Promise.all(tables.map((table) => database.sql.unsafe(`select t::text from ${table} t`)));
  return JSON.stringify(rows);
};
const verify = () => verifyAudit(deps, admin);
const eraseWhole = async (id: string) => {
  while (!(await erasePerson(deps, id)).done);
};

beforeEach(async () => {
  database = await testDatabase({ folder: migrations });
  deps = testDeps(database.sql);
  await recordEvents(deps, history());
});
afterEach(() => database.drop());

test('every table and column is either told, withheld or none about people', async () => {
  expect(await unnamedColumns(database.sql, personalTables)).toEqual([]);
});

describe('erasing a person', () => {
  test('leaves nothing that tells who it was, and a chain that verifies', async () => {
    const before = await everything();
    for (const marker of markers) expect(before).toContain(marker);
    await eraseWhole(ada);
    const after = await everything();
    for (const marker of markers) expect(after).not.toContain(marker);
    expect(await verify()).toMatchObject({ ok: true, entries: 8, erased: 7 });
  });

  test('keeps what happened, when, and what others did or had done to them', async () => {
    await eraseWhole(ada);
    const { request } = testService(database.sql);
    const token = await tokenFor(admin);
    const answer = await request(`/api/audit-logs?entityId=${other}`, token);
    const { data } = (await answer.json()) as { data: unknown[] };
    expect(data[0]).toMatchObject({
      erased: true,
      eventType: 'employee.employee-updated',
      userId: ada,
      actor: { id: ada, name: 'erased', role: 'hr' },
      data: { before: { name: 'Bob' }, after: { name: 'Bobby' }, changedFields: ['name'] },
    });
    const own = await request(`/api/audit-logs?entityId=${ada}&eventType=employee.employee-created`, token);
    expect(await own.json()).toMatchObject({
      data: [{ actor: { name: hr.name, ip: hr.ip }, data: { after: { name: 'erased', role: 'employee' } } }],
    });
    const [notice] = await database.sql`select title from notifications where title like '%was added'`;
    expect(notice?.title).toBe('Erased person was added');
  });

  test('what comes late, or again, is written without the person', async () => {
    await eraseWhole(ada);
    const late = envelope('employee.employee-updated.v1', {
      employeeId: ada,
      actor: hr,
      before: snapshot('Marker Lovelace'),
      after: snapshot('Marker Lovelace'),
      changedFields: ['phone'],
    });
    await recordEvents(deps, [late, checkedIn(ada), ...history().slice(1, 3)]);
    await recordEvents(deps, [late]);
    const text = await everything();
    for (const marker of markers) expect(text).not.toContain(marker);
    expect(await verify()).toMatchObject({ ok: true, entries: 12 });
    const [told] = await database.sql`select count(*) from notifications where user_id = ${ada}`;
    expect(told?.count).toBe(0);
  });

  test('two people of one entry, one after the other; and again', async () => {
    await eraseWhole(ada);
    await eraseWhole(hr.id);
    await eraseWhole(ada);
    const text = await everything();
    for (const marker of [...markers, 'Hanna', hr.ip]) expect(text).not.toContain(marker);
    expect(text).toContain('Bobby');
    expect(await verify()).toMatchObject({ ok: true, erased: 7 });
  });

  test('goes on where it stopped, with more history than one call takes', async () => {
    await recordEvents(
      deps,
      Array.from({ length: 4_100 }, () => checkedIn(ada)),
    );
    expect(await erasePerson(deps, ada)).toEqual({ done: false });
    await eraseWhole(ada);
    expect(await verify()).toMatchObject({ ok: true, entries: 4_108, erased: 4_107 });
  });

  test('while events of that person go on arriving, none of them slips through', async () => {
    const arriving = Array.from({ length: 20 }, () =>
      recordEvents(deps, [envelope('auth.password-changed.v1', { userId: ada, actor: asAda })]),
    );
    await Promise.all([...arriving, eraseWhole(ada)]);
    const text = await everything();
    for (const marker of markers) expect(text).not.toContain(marker);
    expect(await verify()).toMatchObject({ ok: true });
  });
});

describe('verification finds', () => {
  test.each([
    ['a rewritten redaction', `update audit_redactions set payload = replace(payload, 'Bobby', 'Eve')`],
    ['a forged signature', `update audit_redactions set signature = '\\x00'`],
    ['a redaction moved to another entry', 'update audit_redactions set seq = seq - 1 where seq = 2'],
  ])('%s', async (_what, statement) => {
    await eraseWhole(ada);
    await database.sql.unsafe(statement);
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { reason: 'redaction_changed' } });
  });
});

describe('telling a person what is held about them', () => {
  test('all of their own, page by page, and nothing of others', async () => {
    const rows: { table: string; row: Record<string, unknown> }[] = [];
    let cursor: string | undefined;
    do {
      const page = await tellPersonalData(deps, ada, cursor);
      rows.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(rows.filter(({ table }) => table === 'audit_entries')).toHaveLength(7);
    const text = JSON.stringify(rows);
    for (const marker of markers) expect(text).toContain(marker);
    for (const foreign of ['Bob', hr.name, hr.ip, 'hr-browser', 'salt', 'leaf']) expect(text).not.toContain(foreign);
  });

  test('answers only to the sidecar', async () => {
    const { app } = testService(database.sql);
    const path = `/internal/personal-data/${ada}`;
    for (const method of ['GET', 'DELETE']) {
      expect((await app.request(path, { method })).status).toBe(403);
      expect((await app.request(path, { method, headers: { 'dapr-api-token': appApiToken } })).status).toBe(200);
    }
    const headers = { 'dapr-api-token': appApiToken };
    expect((await app.request('/internal/personal-data/nobody', { headers })).status).toBe(400);
    expect((await app.request(`${path}?cursor=x`, { headers })).status).toBe(400);
  });
});
