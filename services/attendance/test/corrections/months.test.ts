import { withTransaction } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cutAtLocks } from '../../src/domain/corrections/locked-months.ts';
import { closeMonthGate, passMonthGate } from '../../src/sql/corrections/month-gate.ts';
import { projectPerson } from '../../src/verbs/project-person.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { drain, punch, storedDays } from './facts.ts';

let world: World;
let site: string;
let hr: Client;
let ann: Client;
let who: { employeeId: string; siteId: string };
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  site = await world.site('Europe/Berlin');
  ann = await world.person({ at: site });
  who = { employeeId: ann.actor.id, siteId: site };
});

const lock = (body: object = {}, client = hr, month = '2026-10') =>
  client.send('POST', `/api/attendance/months/${month}/lock`, { body: { siteId: site, ...body } });
const unlock = (body: object = {}, client = hr, month = '2026-10') =>
  client.send('POST', `/api/attendance/months/${month}/unlock`, {
    body: { siteId: site, reason: 'Forgotten', ...body },
  });
const late = (client = hr, query = '') =>
  client.send('GET', `/api/attendance/months/2026-10/late?siteId=${site}${query}`);
const work = async (date: string, from = '08:00', to = '16:00'): Promise<[string, string]> => [
  await punch(world.sql, who, 'IN', `${date}T${from}:00Z`),
  await punch(world.sql, who, 'OUT', `${date}T${to}:00Z`),
];

const waitingAtGates = async (): Promise<number> => {
  const [row] = await world.sql<[{ waiting: number }]>`
    select count(*)::int as waiting from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and locktype = 'advisory' and not granted`;
  return row.waiting;
};

describe('a closed month', () => {
  it('counts what had arrived, though nobody had derived it yet', async () => {
    await work('2026-10-05');
    expect((await world.sql`select 1 from day_queue where employee_id = ${ann.actor.id}`).length).toBeGreaterThan(0);
    const { status, body } = await lock();
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { siteId: site, month: '2026-10', people: 1, forced: false, lockedBy: hr.actor.id },
    ]);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
    expect((await late()).body.data).toEqual([]);
  });

  it('keeps its days whatever comes, shows what waits, and counts it when it is opened', async () => {
    const [inId, outId] = await work('2026-10-05');
    await lock();
    const closed = await storedDays(world.sql, ann.actor.id);
    const lateIn = await punch(world.sql, who, 'IN', '2026-10-05T17:00:00Z');
    const lateOut = await punch(world.sql, who, 'OUT', '2026-10-05T18:00:00Z');
    // And one on a date that had no row.
    await work('2026-10-07');
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);
    await rebuildDays(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);

    const { body } = await late();
    expect(body.data).toMatchObject([
      {
        employeeId: ann.actor.id,
        date: '2026-10-05',
        before: { workedMinutes: 480 },
        after: { workedMinutes: 540 },
        facts: [
          { id: lateIn, kind: 'punch', type: 'IN', source: 'kiosk' },
          { id: lateOut, kind: 'punch', type: 'OUT' },
        ],
      },
      { date: '2026-10-07', before: null, after: { workedMinutes: 480 } },
    ]);
    expect([inId, outId]).not.toContain(body.data[0].facts[0].id);

    const opened = await unlock({ reason: 'The kiosk was offline' });
    expect(opened.body.data).toMatchObject([{ unlockedBy: hr.actor.id, unlockReason: 'The kiosk was offline' }]);
    await drain(world.deps);
    expect((await late()).body.data).toEqual([]);
    const incremental = await storedDays(world.sql, ann.actor.id);
    expect(incremental.map(({ worked_ms }) => worked_ms)).toEqual([9 * 3_600_000, 8 * 3_600_000]);
    await world.sql`delete from attendance_days where employee_id = ${ann.actor.id}`;
    await rebuildDays(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(incremental);
  });

  it('forgets what waited when the facts come out the same after all', async () => {
    const [inId] = await work('2026-10-05');
    await lock();
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'void', ${inId}, now(), ${hr.actor.id})`;
    await drain(world.deps);
    expect((await late()).body.data).toMatchObject([{ date: '2026-10-05', after: { workedMinutes: 0 } }]);
    const [correction] = await world.sql`select id from corrections where employee_id = ${ann.actor.id}`;
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'void', ${correction?.id}, now(), ${hr.actor.id})`;
    await drain(world.deps);
    expect((await late()).body.data).toEqual([]);
  });

  it('holds its own days only: those before and after go on, and a night belongs to the date it began', async () => {
    await lock();
    await work('2026-09-30');
    await work('2026-11-02');
    await punch(world.sql, who, 'IN', '2026-10-31T22:30:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-01T05:00:00Z');
    await drain(world.deps);
    const days = await storedDays(world.sql, ann.actor.id);
    expect(days.map(({ date, worked_ms }) => [date, worked_ms])).toEqual([
      ['2026-09-30', 8 * 3_600_000],
      ['2026-11-02', 8 * 3_600_000],
    ]);
    expect((await late()).body.data).toMatchObject([
      { date: '2026-10-31', before: null, after: { workedMinutes: 390 } },
    ]);
  });

  it('stays closed for a person who moves to another site', async () => {
    await work('2026-10-05');
    await lock();
    const closed = await storedDays(world.sql, ann.actor.id);
    await world.sql`update people set site_id = ${await world.site('Europe/Berlin')} where id = ${ann.actor.id}`;
    await punch(world.sql, who, 'IN', '2026-10-06T08:00:00Z');
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);
    await unlock();
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toHaveLength(2);
  });

  it('is closed for who is heard of only afterwards, too', async () => {
    await lock();
    const employeeId = v7();
    const after = {
      ...{
        email: 'new@muster.example',
        name: 'New',
        role: 'employee' as const,
        position: 'x',
        phone: null,
        workId: null,
      },
      ...{
        department: null,
        departmentId: null,
        siteId: site,
        managerId: null,
        hiredOn: null,
        status: 'active' as const,
      },
    };
    const event = { id: v7(), version: 1, employeeId, after, occurredAt: '2026-11-20T08:00:00Z' };
    await projectPerson(world.sql, event as unknown as Parameters<typeof projectPerson>[1]);
    await punch(world.sql, { employeeId, siteId: site }, 'IN', '2026-10-06T08:00:00Z');
    await punch(world.sql, { employeeId, siteId: site }, 'IN', '2026-11-06T08:00:00Z');
    await drain(world.deps);
    expect((await storedDays(world.sql, employeeId)).map(({ date }) => date)).toEqual(['2026-11-06']);
    expect((await late()).body.data).toMatchObject([{ employeeId, date: '2026-10-06' }]);
  });
});

describe('closing a month', () => {
  it('is refused while it runs, and while days, corrections or conflicts are open', async () => {
    expect(await lock({}, hr, '2026-11')).toMatchObject({ status: 409, body: { code: 'month_open' } });
    expect((await lock({ force: true }, hr, '2026-11')).body.data).toMatchObject([{ forced: true }]);

    expect(await lock({ force: true }, hr, '2026-12')).toMatchObject({ status: 409, body: { code: 'month_open' } });

    const inId = await punch(world.sql, who, 'IN', '2026-10-05T08:00:00Z');
    await punch(world.sql, who, 'OUT', '2026-10-05T16:00:00Z');
    await world.sql`
      insert into correction_requests (id, employee_id, change, target_id, target_at, asked_by, asked_at)
      values (${v7()}, ${ann.actor.id}, 'void', ${inId}, '2026-10-05T08:00:00Z', ${ann.actor.id}, now())`;
    await world.sql`
      insert into corrections (id, employee_id, change, type, occurred_at, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'add', 'IN', '2026-10-05T07:00:00Z', now(), ${hr.actor.id})`;
    const refused = await lock();
    expect(refused).toMatchObject({ status: 409, body: { code: 'month_open' } });
    expect(refused.body.detail).toMatch(/1 corrections wait.*1 days have conflicts/);
    const state = await hr.send('GET', '/api/attendance/months/2026-10');
    expect(state.body.sites).toContainEqual(
      expect.objectContaining({ siteId: site, lock: null, pendingCorrections: 1, conflicts: 1, waitingDays: 0 }),
    );
    expect((await lock({ force: true })).body.data).toMatchObject([{ forced: true }]);
  });

  it('names days that are not settled', async () => {
    const other = await createWorld({ now: '2026-11-01T00:30:00Z' });
    try {
      const at = await other.site('Europe/Berlin');
      const [bob, chief] = [await other.person({ at }), await other.person({ role: 'hr' })];
      await punch(other.sql, { employeeId: bob.actor.id, siteId: at }, 'IN', '2026-10-31T21:00:00Z');
      const answer = await chief.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: at } });
      expect(answer.body.detail).toContain('1 days are not settled');
    } finally {
      await other.drop();
    }
  });

  it('says the same again without a change, keeps the history, and tells of each', async () => {
    const first = await lock();
    expect((await lock()).body).toEqual(first.body);
    await unlock();
    expect(await unlock()).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const second = await lock();
    expect(second.body.data[0].id).not.toBe(first.body.data[0].id);
    const history = await hr.send('GET', `/api/attendance/months?siteId=${site}&month=2026-10`);
    expect(history.body.data).toMatchObject([{ unlockedAt: null }, { unlockReason: 'Forgotten' }]);
    const page = await hr.send('GET', `/api/attendance/months?siteId=${site}&limit=1&cursor=${second.body.data[0].id}`);
    expect(page.body).toMatchObject({ data: [{ id: first.body.data[0].id }], meta: { nextCursor: null } });
    const standing = await hr.send('GET', `/api/attendance/months?siteId=${site}&locked=true`);
    expect(standing.body.data).toHaveLength(1);
    const events = await world.sql`
      select type from outbox where payload->'data'->>'siteId' = ${site} order by type`;
    expect(events.map(({ type }) => type)).toEqual([
      'attendance.month-locked.v1',
      'attendance.month-locked.v1',
      'attendance.month-unlocked.v1',
    ]);
  });

  it('takes every site where none is named, all or none', async () => {
    const apart = await createWorld({ now: '2026-11-20T09:00:00Z' });
    try {
      const sites = [await apart.site('Europe/Berlin'), await apart.site('Asia/Kolkata')];
      const chief = await apart.person({ role: 'hr' });
      const { body } = await chief.send('POST', '/api/attendance/months/2026-10/lock', { body: {} });
      // And the default one, whose own event has not arrived.
      expect(body.data).toHaveLength(3);
      expect(body.data.map(({ siteId }: { siteId: string }) => siteId)).toEqual(expect.arrayContaining(sites));
      const opened = await chief.send('POST', '/api/attendance/months/2026-10/unlock', { body: { reason: 'All' } });
      expect(opened.body.data).toHaveLength(3);
    } finally {
      await apart.drop();
    }
  });

  it('is for hr and admins; managers see what waits of their own people', async () => {
    const boss = await world.person({ role: 'manager', at: site });
    const other = await world.person({ role: 'manager', at: site });
    await world.sql`update people set manager_id = ${boss.actor.id} where id = ${ann.actor.id}`;
    for (const client of [boss, ann, await world.person({ role: 'kiosk' })]) {
      expect((await lock({}, client)).status).toBe(403);
      expect((await unlock({}, client)).status).toBe(403);
    }
    expect((await ann.send('GET', '/api/attendance/months/2026-10')).status).toBe(403);
    await lock();
    await work('2026-10-05');
    await drain(world.deps);
    expect((await late(boss)).body.data).toHaveLength(1);
    expect((await late(other)).body.data).toEqual([]);
    expect((await late(other, `&employeeId=${ann.actor.id}`)).body.data).toEqual([]);
    expect((await lock({ siteId: v7() })).status).toBe(404);
    expect((await unlock({ siteId: v7() })).status).toBe(404);
    for (const month of ['2026-13', '1999-01', '2026-1', 'nothing'])
      expect((await lock({}, hr, month)).status).toBe(400);
    expect((await unlock({ reason: ' ' })).status).toBe(400);
  });

  it('pages through what waits', async () => {
    await lock();
    for (const date of ['2026-10-05', '2026-10-06', '2026-10-07']) await work(date);
    await drain(world.deps);
    const dates: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await late(hr, `&limit=1${cursor}`);
      dates.push(...body.data.map(({ date }: { date: string }) => date));
      if (body.meta.nextCursor === null) break;
      cursor = `&cursor=${body.meta.nextCursor}`;
    }
    expect(dates).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
    for (const cursor of ['x', '2026-02-30_00000000-0000-0000-0000-000000000000', '2026-10-05_z'])
      expect((await late(hr, `&cursor=${cursor}`)).status).toBe(400);
  });
});

describe('a month closed while facts arrive', () => {
  it('counts each of them, or shows it waiting', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person({ at: site })));
    let writing = true;
    const write = async ({ actor }: Client): Promise<void> => {
      const one = { employeeId: actor.id, siteId: site };
      for (let day = 1; day <= 28; day++) {
        const date = `2026-10-${String(day).padStart(2, '0')}`;
        await punch(world.sql, one, 'IN', `${date}T08:00:00Z`);
        await punch(world.sql, one, 'OUT', `${date}T16:00:00Z`);
      }
    };
    const follow = async (): Promise<void> => {
      while (writing) await recomputeDays(world.deps, 5);
    };
    const toggle = async (): Promise<void> => {
      while (writing) {
        const locked = await lock({ force: true });
        expect([200, 409]).toContain(locked.status);
        if (locked.status === 200) await unlock();
      }
    };
    const writers = Promise.all(people.map(write)).then(() => {
      writing = false;
    });
    await Promise.all([writers, follow(), follow(), toggle()]);
    const last = await lock({ force: true });
    expect(last.status).toBe(200);
    await drain(world.deps);
    for (const { actor } of people) {
      const days = await storedDays(world.sql, actor.id);
      const waiting = await world.sql`
        select (day::json ->> 'workedMs')::int as worked from waiting_days where employee_id = ${actor.id}`;
      expect(waiting).toEqual([]);
      expect(days.map(({ worked_ms }) => worked_ms)).toEqual(Array(28).fill(8 * 3_600_000));
    }
    expect(
      await world.sql`select 1 from day_queue where employee_id = any(${people.map(({ actor }) => actor.id)})`,
    ).toEqual([]);
  });

  it('waits for whoever decides under the gate, and counts what they decided', async () => {
    await punch(world.sql, who, 'IN', '2026-10-05T08:00:00Z');
    let locked = false;
    let locking: ReturnType<typeof lock> | undefined;
    await withTransaction(world.sql, async (tx) => {
      await passMonthGate(tx);
      await tx`
        insert into corrections (id, employee_id, change, type, occurred_at, decided_at, decided_by)
        values (${v7()}, ${ann.actor.id}, 'add', 'OUT', '2026-10-05T16:00:00Z', now(), ${hr.actor.id})`;
      locking = lock();
      void locking.then(() => {
        locked = true;
      });
      await vi.waitFor(async () => expect(locked || (await waitingAtGates()) > 0).toBe(true), 20_000);
    });
    expect((await locking)?.status).toBe(200);
    expect((await late()).body.data).toEqual([]);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
  });

  it('settles entries that a worker was about to take: behind the gate none is in its hands', async () => {
    await work('2026-10-05');
    let following: Promise<number> | undefined;
    await withTransaction(world.sql, async (tx) => {
      await closeMonthGate(tx);
      following = recomputeDays(world.deps);
      await vi.waitFor(async () => expect(await waitingAtGates()).toBe(1), 20_000);
      const there = await tx`select seq from day_queue where employee_id = ${ann.actor.id}`;
      const free = await tx`select seq from day_queue where employee_id = ${ann.actor.id} for update skip locked`;
      expect(there.length).toBeGreaterThan(0);
      expect(free.length).toBe(there.length);
    });
    await following;
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
  });
});

it('ranges are cut where closed months begin and end', () => {
  const range = { employeeId: 'a', from: '2026-09-28', to: '2026-11-03' };
  const locked = new Map([['a', new Set(['2026-10'])]]);
  expect(cutAtLocks([range, { ...range, employeeId: 'b' }], locked)).toEqual({
    open: [
      { employeeId: 'a', from: '2026-09-28', to: '2026-09-30' },
      { employeeId: 'a', from: '2026-11-01', to: '2026-11-03' },
      { employeeId: 'b', from: '2026-09-28', to: '2026-11-03' },
    ],
    closed: [{ employeeId: 'a', from: '2026-10-01', to: '2026-10-31' }],
  });
});
