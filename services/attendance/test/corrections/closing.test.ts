import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../harness.ts';
import { drain, punch } from './facts.ts';
import { ann, hr, late, lock, site, unlock, who, work, world } from './month-support.ts';

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
