import { requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';
import { drain, punch, storedDays } from './facts.ts';

let world: World;
let site: string;
let hr: Client;
let boss: Client;
let ann: Client;
let who: { employeeId: string; siteId: string };
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.clock.set('2026-11-20T09:00:00Z');
  site = await world.site('Europe/Berlin');
  boss = await world.person({ role: 'manager', at: site });
  ann = await world.person({ at: site, managerId: boss.actor.id });
  who = { employeeId: ann.actor.id, siteId: site };
});

const path = '/api/attendance/corrections';
const addOut = { change: 'add', type: 'OUT', occurredAt: '2026-11-19T16:00:00Z', reason: 'Forgot to check out' };
const ask = (client: Client, body: object, headers: Record<string, string> = {}) =>
  client.send('POST', path, { body, headers });
const decide = (client: Client, id: string, what = 'approve', body: object = {}) =>
  client.send('POST', `${path}/${id}/${what}`, { body });
const facts = () => world.sql`select * from corrections where employee_id = ${ann.actor.id} order by id`;
const told = async (employeeId = ann.actor.id): Promise<string[]> =>
  (
    await world.sql<{ type: string }[]>`
      select type from outbox where payload->'data'->>'employeeId' = ${employeeId} and type like '%correction%' order by id`
  ).map(({ type }) => type.split('.')[1] ?? '');

describe('a correction', () => {
  it('waits for somebody else, becomes a fact, and leaves what it corrects', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    await drain(world.deps);
    const asked = await ask(ann, {
      change: 'replace',
      targetId: inId,
      type: 'IN',
      occurredAt: '2026-11-19T07:00:00Z',
      reason: 'Came at eight',
    });
    expect(asked.status).toBe(201);
    expect(asked.headers.get('location')).toBe(`${path}/${asked.body.id}`);
    expect(asked.body).toMatchObject({
      status: 'pending',
      askedBy: ann.actor.id,
      decidedBy: null,
      target: { id: inId, kind: 'punch', type: 'IN', occurredAt: '2026-11-19T08:00:00.000Z', source: 'kiosk' },
      changes: [{ date: '2026-11-19', before: { workedMinutes: 480 }, after: { workedMinutes: 540 } }],
    });
    expect(await facts()).toEqual([]);

    const approved = await decide(boss, asked.body.id, 'approve', { note: 'Seen' });
    expect(approved.status).toBe(200);
    expect(approved.body).toMatchObject({
      status: 'approved',
      decidedBy: boss.actor.id,
      note: 'Seen',
      version: 2,
      changes: [{ date: '2026-11-19', before: { workedMinutes: 480 }, after: { workedMinutes: 540 } }],
    });
    expect(await facts()).toMatchObject([{ id: asked.body.id, change: 'replace', decided_by: boss.actor.id }]);
    expect(await world.sql`select id from punches where id = ${inId}`).toHaveLength(1);
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 9 * 3_600_000 }]);
    expect((await ann.send('GET', `${path}/${asked.body.id}`)).body).toEqual(approved.body);
    expect(await told()).toEqual(['correction-requested', 'correction-approved']);

    const explained = await boss.send('GET', `/api/attendance/explain/${ann.actor.id}/2026-11-19`);
    expect(explained.body.facts).toMatchObject([
      { id: asked.body.id, kind: 'correction', change: 'replace', targetId: inId, counts: true },
      { id: inId, kind: 'punch', type: 'IN', occurredAt: '2026-11-19T08:00:00.000Z', counts: false },
      { type: 'OUT', counts: true },
    ]);
  });

  it('of one that was corrected is a correction of the last word; voiding it brings back what stood before', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    const change = { change: 'replace', type: 'IN', reason: 'Came earlier', employeeId: ann.actor.id };
    const first = await ask(boss, { ...change, targetId: inId, occurredAt: '2026-11-19T07:00:00Z' });
    expect(first).toMatchObject({ status: 201, body: { status: 'approved', decidedBy: boss.actor.id } });
    expect(await ask(boss, { ...change, targetId: inId, occurredAt: '2026-11-19T06:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const second = await ask(hr, { ...change, targetId: first.body.id, occurredAt: '2026-11-19T06:00:00Z' });
    expect(second.body.changes).toMatchObject([{ after: { workedMinutes: 600 } }]);
    const back = { change: 'void', employeeId: ann.actor.id, reason: 'Not so' };
    expect((await ask(hr, { ...back, targetId: first.body.id })).status).toBe(409);
    expect((await ask(hr, { ...back, targetId: second.body.id })).body.changes).toMatchObject([
      { before: { workedMinutes: 600 }, after: { workedMinutes: 540 } },
    ]);
    expect((await ask(hr, { ...back, targetId: first.body.id })).body.changes).toMatchObject([
      { before: { workedMinutes: 540 }, after: { workedMinutes: 480 } },
    ]);
    expect((await ask(hr, { ...back, targetId: inId })).body.changes).toMatchObject([
      { before: { workedMinutes: 480 }, after: { workedMinutes: 0 } },
    ]);
    expect(await facts()).toHaveLength(5);
  });

  it('is rejected or taken back once, and then makes no fact any more', async () => {
    await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    const first = await ask(ann, addOut);
    expect((await decide(boss, first.body.id, 'withdraw')).status).toBe(404);
    expect(await decide(boss, first.body.id, 'reject', { note: 'No' })).toMatchObject({
      status: 200,
      body: { status: 'rejected', note: 'No', decidedBy: boss.actor.id },
    });
    const second = await ask(ann, addOut);
    expect(await decide(ann, second.body.id, 'withdraw')).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    for (const id of [first.body.id, second.body.id])
      for (const [client, what] of [
        [boss, 'approve'],
        [boss, 'reject'],
        [ann, 'withdraw'],
      ] as const)
        expect(await decide(client, id, what)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await facts()).toEqual([]);
    expect(await told()).toEqual([
      'correction-requested',
      'correction-rejected',
      'correction-requested',
      'correction-withdrawn',
    ]);
  });

  it('is asked for once: the same wish waits already, the same key repeats its answer', async () => {
    const headers = { 'idempotency-key': v7() };
    const first = await ask(ann, addOut, headers);
    expect((await ask(ann, addOut, headers)).body).toEqual(first.body);
    expect(await ask(ann, addOut)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await ask(ann, { ...addOut, reason: 'Another' }, headers)).status).toBe(422);
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    expect((await ask(ann, { change: 'void', targetId: inId, reason: 'Not me' })).status).toBe(201);
    const other = { change: 'replace', type: 'IN', occurredAt: '2026-11-19T07:00:00Z', reason: 'Earlier' };
    expect((await ask(ann, { ...other, targetId: inId })).status).toBe(409);
  });
});

describe('who may', () => {
  it('nobody decides about their own time, whatever their role', async () => {
    const admin = await world.person({ role: 'admin', at: site });
    for (const client of [boss, hr, admin]) {
      const own = await ask(client, addOut);
      expect(own).toMatchObject({ status: 201, body: { status: 'pending' } });
      expect(await ask(client, { ...addOut, type: 'IN', employeeId: client.actor.id })).toMatchObject({
        body: { status: 'pending' },
      });
      for (const what of ['approve', 'reject'])
        expect(await decide(client, own.body.id, what)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    await expect(
      world.sql`
        insert into correction_requests (id, employee_id, change, type, occurred_at, status, asked_by, asked_at, decided_by, decided_at)
        values (${v7()}, ${ann.actor.id}, 'add', 'IN', now(), 'approved', ${ann.actor.id}, now(), ${ann.actor.id}, now())`,
    ).rejects.toThrow(/check/);
  });

  it('managers decide about the people below them; for everybody else there is nothing', async () => {
    const other = await world.person({ role: 'manager', at: site });
    const peer = await world.person({ at: site });
    const { body } = await ask(ann, addOut);
    for (const [client, status] of [
      [other, 404],
      [peer, 403],
      [ann, 403],
    ] as const)
      expect((await decide(client, body.id)).status).toBe(status);
    for (const client of [other, peer]) {
      expect((await client.send('GET', `${path}/${body.id}`)).status).toBe(404);
      expect((await client.send('GET', path)).body.data).toEqual([]);
      expect((await client.send('GET', `${path}?employeeId=${ann.actor.id}`)).body.data).toEqual([]);
    }
    expect((await ask(other, { ...addOut, employeeId: ann.actor.id })).status).toBe(404);
    expect((await ask(peer, { ...addOut, employeeId: ann.actor.id })).status).toBe(403);
    expect((await ask(hr, { ...addOut, employeeId: v7() })).status).toBe(404);
    expect((await ask(await world.person({ role: 'kiosk' }), addOut)).status).toBe(403);
    for (const client of [ann, boss, hr])
      expect((await client.send('GET', `${path}?employeeId=${ann.actor.id}`)).body.data).toMatchObject([
        { id: body.id, changes: null },
      ]);
    expect((await boss.send('GET', `${path}?status=pending`)).body.data).toHaveLength(1);
    expect((await boss.send('GET', `${path}?status=approved`)).body.data).toEqual([]);
  });

  it('a target is a fact of the person, and what is asked for makes sense', async () => {
    const other = await world.person({ at: site });
    const theirs = await punch(world.sql, { employeeId: other.actor.id, siteId: site }, 'IN', '2026-11-19T08:00:00Z');
    for (const targetId of [theirs, v7()])
      expect((await ask(ann, { change: 'void', targetId, reason: 'x' })).status).toBe(404);
    for (const body of [
      { change: 'add', reason: 'x' },
      { ...addOut, targetId: theirs },
      { change: 'void', targetId: theirs, type: 'IN', reason: 'x' },
      { change: 'replace', targetId: theirs, reason: 'x' },
      { ...addOut, reason: '' },
      { ...addOut, reason: undefined },
      { ...addOut, occurredAt: '1999-12-31T23:59:59Z' },
      { ...addOut, occurredAt: '2026-11-20T09:01:01Z' },
      { ...addOut, more: 1 },
    ])
      expect((await ask(ann, body)).status).toBe(400);
    expect((await ask(ann, { ...addOut, occurredAt: '2026-11-20T09:01:00Z' })).status).toBe(201);
  });
});

describe('in a closed month', () => {
  const lock = (force = false) =>
    hr.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: site, force } });

  it('nothing is asked for, and nothing approved', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-10-05T08:00:00Z');
    const asked = await ask(ann, { ...addOut, occurredAt: '2026-10-05T16:00:00Z' });
    await lock(true);
    const refused = { status: 409, body: { code: 'month_locked' } };
    expect(await decide(boss, asked.body.id)).toMatchObject(refused);
    expect(await ask(ann, { change: 'void', targetId: inId, reason: 'x' })).toMatchObject(refused);
    expect(await ask(hr, { ...addOut, occurredAt: '2026-10-06T16:00:00Z', employeeId: ann.actor.id })).toMatchObject(
      refused,
    );
    // Into the month, and out of it.
    const now = await punch(world.sql, who, 'IN', '2026-11-05T08:00:00Z');
    const move = { change: 'replace', type: 'IN', reason: 'x' };
    expect(await ask(ann, { ...move, targetId: now, occurredAt: '2026-10-31T08:00:00Z' })).toMatchObject(refused);
    expect(await ask(ann, { ...move, targetId: inId, occurredAt: '2026-11-06T08:00:00Z' })).toMatchObject(refused);
    expect(await facts()).toEqual([]);
    expect((await ann.send('GET', `${path}/${asked.body.id}`)).body).toMatchObject({ status: 'pending' });
    await hr.send('POST', '/api/attendance/months/2026-10/unlock', { body: { siteId: site, reason: 'x' } });
    expect((await decide(boss, asked.body.id)).status).toBe(200);
  });

  it('the end of a night that began in it belongs to it; the morning after does not', async () => {
    await punch(world.sql, who, 'IN', '2026-10-31T21:30:00Z');
    await lock(true);
    expect(await ask(ann, { ...addOut, occurredAt: '2026-11-01T05:00:00Z' })).toMatchObject({ status: 409 });
    await punch(world.sql, who, 'IN', '2026-11-02T08:00:00Z');
    expect((await ask(ann, { ...addOut, occurredAt: '2026-11-02T16:00:00Z' })).status).toBe(201);
  });
});

describe('together', () => {
  const race = (who: Client[], run: (app: World['app'], token: string, i: number) => Promise<{ status: number }>) =>
    Promise.all(who.map((client) => tokenFor(client.actor))).then((tokens) => {
      const apps = [world.app, world.another()];
      return Promise.all(
        Array.from({ length: 50 }, (_, i) => run(apps[i % 2] as World['app'], tokens[i % tokens.length] as string, i)),
      );
    });
  const count = (answers: { status: number }[]) =>
    Object.fromEntries(
      Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all?.length]),
    );

  it('of fifty approvals by two people in two processes one counts: one fact, one event', async () => {
    const { body } = await ask(ann, addOut);
    const answers = await race([boss, hr], (app, token) =>
      requestJson(app, 'POST', `${path}/${body.id}/approve`, { token, body: {} }),
    );
    expect(count(answers)).toEqual({ 200: 1, 409: 49 });
    expect(await facts()).toHaveLength(1);
    expect(await told()).toEqual(['correction-requested', 'correction-approved']);
  });

  it('of approvals, rejections and a withdrawal at once one counts', async () => {
    for (let round = 0; round < 5; round++) {
      const { body } = await ask(ann, { ...addOut, occurredAt: `2026-11-1${round}T16:00:00Z` });
      const answers = await race([boss, hr, ann], (app, token, i) =>
        requestJson(app, 'POST', `${path}/${body.id}/${['approve', 'reject', 'withdraw'][i % 3]}`, { token, body: {} }),
      );
      expect(count(answers)).toMatchObject({ 200: 1 });
      const [row] = await world.sql`select status from correction_requests where id = ${body.id}`;
      const made = await world.sql`select 1 from corrections where id = ${body.id}`;
      expect(made.length).toBe(row?.status === 'approved' ? 1 : 0);
    }
    expect((await told()).length).toBe(10);
  });

  it('of fifty different corrections of one punch entered at once one counts', async () => {
    const inId = await punch(world.sql, who, 'IN', '2026-11-19T08:00:00Z');
    const answers = await race([boss, hr], (app, token, i) =>
      requestJson(app, 'POST', path, {
        token,
        body: {
          change: 'replace',
          targetId: inId,
          type: 'IN',
          occurredAt: `2026-11-19T07:${String(i).padStart(2, '0')}:00Z`,
          reason: 'x',
          employeeId: ann.actor.id,
        },
      }),
    );
    expect(count(answers)).toEqual({ 201: 1, 409: 49 });
    expect(await facts()).toHaveLength(1);
  });

  it('an approval and the close of its month never both miss each other', async () => {
    for (let round = 0; round < 8; round++) {
      const at = await world.site('Europe/Berlin');
      const one = await world.person({ at, managerId: boss.actor.id });
      await punch(world.sql, { employeeId: one.actor.id, siteId: at }, 'IN', '2026-10-05T08:00:00Z');
      const { body } = await ask(one, { ...addOut, occurredAt: '2026-10-05T16:00:00Z' });
      const [approved, locked] = await Promise.all([
        decide(boss, body.id),
        hr.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: at, force: true } }),
      ]);
      expect(locked.status).toBe(200);
      await drain(world.deps);
      const [day] = await storedDays(world.sql, one.actor.id);
      // Counted in the closed month, or refused by it.
      expect([approved.status, day?.worked_ms]).toEqual(approved.status === 200 ? [200, 8 * 3_600_000] : [409, 0]);
      expect(await world.sql`select 1 from waiting_days where employee_id = ${one.actor.id}`).toEqual([]);
    }
  });
});

describe('the door', () => {
  const today = async () => (await ann.send('GET', '/api/attendance/today')).body;

  it('lets somebody in whose forgotten check-out was corrected', async () => {
    world.clock.set('2026-11-19T08:00:00Z');
    await checkIn(ann);
    world.clock.set('2026-11-20T08:00:00Z');
    expect((await checkIn(ann)).body.code).toBe('already_checked_in');
    const { body } = await ask(ann, addOut);
    expect((await checkIn(ann)).status).toBe(409);
    await decide(boss, body.id);
    const list = await ann.send('GET', '/api/attendance');
    expect(list.body.data).toMatchObject([
      { checkOutAt: '2026-11-19T16:00:00.000Z', status: 'closed', workedMinutes: 480 },
    ]);
    expect((await checkIn(ann)).status).toBe(201);
    expect((await checkIn(ann)).status).toBe(409);
  });

  it('forgets a check-in that never was', async () => {
    await checkIn(ann);
    const [row] =
      await world.sql`select check_in_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    world.clock.advance({ minutes: 5 });
    await ask(boss, { change: 'void', targetId: row?.id, employeeId: ann.actor.id, reason: 'It was Bob' });
    expect(await today()).toBeNull();
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
    expect((await checkIn(ann)).status).toBe(201);
  });

  it('lets somebody out who forgot to check in', async () => {
    world.clock.set('2026-11-20T16:00:00Z');
    await ask(boss, {
      change: 'add',
      type: 'IN',
      occurredAt: '2026-11-20T08:00:00Z',
      employeeId: ann.actor.id,
      reason: 'x',
    });
    expect(await today()).toMatchObject({
      status: 'open',
      checkInAt: '2026-11-20T08:00:00.000Z',
      source: 'correction',
    });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 480 } });
  });

  it('takes somebody back whose check-out was not one', async () => {
    await checkIn(ann);
    world.clock.advance({ hours: 1 });
    await checkOut(ann);
    const [row] =
      await world.sql`select check_out_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    await ask(boss, { change: 'void', targetId: row?.id, employeeId: ann.actor.id, reason: 'Pressed the wrong key' });
    expect(await today()).toMatchObject({ status: 'open' });
    world.clock.advance({ hours: 1 });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 120 } });
  });

  it('knows when somebody really came', async () => {
    await checkIn(ann);
    const [row] =
      await world.sql`select check_in_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    const change = { change: 'replace', type: 'IN', occurredAt: '2026-11-20T07:00:00Z', reason: 'Queue at the gate' };
    await ask(boss, { ...change, targetId: row?.id, employeeId: ann.actor.id });
    expect(await today()).toMatchObject({ status: 'open', checkInAt: '2026-11-20T07:00:00.000Z' });
    world.clock.advance({ hours: 1 });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 180 } });
  });
});

describe('conflicts', () => {
  it('are listed with their facts, and gone once one of them is voided', async () => {
    await punch(world.sql, who, 'OUT', '2026-11-19T16:00:00Z');
    const entered = await ask(boss, {
      change: 'add',
      type: 'IN',
      occurredAt: '2026-11-19T08:00:00Z',
      employeeId: ann.actor.id,
      reason: 'Seen',
    });
    const synced = await punch(world.sql, who, 'IN', '2026-11-19T07:00:00Z');
    await drain(world.deps);
    const conflicts = (client: Client, query = '') =>
      client.send('GET', `/api/attendance/conflicts?from=2026-11-01${query}`);
    const expected = {
      employeeId: ann.actor.id,
      date: '2026-11-19',
      conflicts: [{ kind: 'TWO_CHECK_INS', countedId: entered.body.id }],
    };
    for (const client of [ann, boss, hr]) {
      const { body } = await conflicts(client, `&employeeId=${ann.actor.id}`);
      expect(body.data).toMatchObject([expected]);
      expect(body.data[0].facts).toMatchObject([
        { id: synced, kind: 'punch' },
        { id: entered.body.id, kind: 'correction', change: 'add' },
        { kind: 'punch', type: 'OUT' },
      ]);
    }
    expect((await conflicts(boss)).body.data).toHaveLength(1);
    expect((await conflicts(boss, '&to=2026-11-18')).body.data).toEqual([]);
    const other = await world.person({ role: 'manager', at: site });
    expect((await conflicts(other)).body.data).toEqual([]);
    await ask(boss, { change: 'void', targetId: synced, employeeId: ann.actor.id, reason: 'Nine it was' });
    await drain(world.deps);
    expect((await conflicts(boss)).body.data).toEqual([]);
  });

  it('are paged by an index, whoever looks', async () => {
    for (const day of ['12', '13', '14']) {
      await punch(world.sql, who, 'IN', `2026-11-${day}T07:00:00Z`);
      await ask(boss, {
        change: 'add',
        type: 'IN',
        occurredAt: `2026-11-${day}T08:00:00Z`,
        employeeId: ann.actor.id,
        reason: 'x',
      });
    }
    await drain(world.deps);
    for (const client of [boss, hr]) {
      const dates: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await client.send(
          'GET',
          `/api/attendance/conflicts?employeeId=${ann.actor.id}&limit=1${cursor}`,
        );
        dates.push(...body.data.map(({ date }: { date: string }) => date));
        if (body.meta.nextCursor === null) break;
        cursor = `&cursor=${body.meta.nextCursor}`;
      }
      expect(dates).toEqual(['2026-11-14', '2026-11-13', '2026-11-12']);
    }
  });
});
