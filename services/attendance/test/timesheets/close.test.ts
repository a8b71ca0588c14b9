import { createHash } from 'node:crypto';
import type { Action } from '@muster/identity';
import { publishedEvents, requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCloseWorker } from '../../src/jobs/start-close-worker.ts';
import { storedSources } from '../../src/sources/index.ts';
import { insertClose } from '../../src/sql/timesheets/month-closes.ts';
import { lockMonth } from '../../src/verbs/corrections/lock-month.ts';
import { advanceClose } from '../../src/verbs/timesheets/advance-close.ts';
import { closeMonth } from '../../src/verbs/timesheets/close-month.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { publish, shiftType } from '../rosters/fixture.ts';
import { drain, planning, punch, stay } from './support.ts';

const month = '2026-03';
const path = `/api/attendance/timesheets/${month}`;
const sources = planning({});
let world: World;
let hr: Client;
let site: string;
beforeAll(async () => {
  world = await createWorld({ now: '2026-04-02T12:00:00Z' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  site = await world.site('Europe/Berlin');
});

const close = (body: object = { siteId: site }) => hr.send('POST', `${path}/close`, { body });
const payroll = (query = `?siteId=${site}`) => hr.send('GET', `${path}/payroll${query}`);
const worker = async (hours = 8): Promise<Client> => {
  const one = await world.person({ at: site });
  await stay(
    world,
    one.actor.id,
    '2026-03-03T08:00+01:00',
    `2026-03-03T${String(8 + hours).padStart(2, '0')}:00+01:00`,
  );
  return one;
};
const hoursOf = (csv: string, id: string): string | undefined =>
  csv
    .split('\r\n')
    .find((line) => line.includes(id))
    ?.split(',')[13];

describe('closing a month', () => {
  it('counts what has arrived, locks, writes totals, and says the same whenever it is asked', async () => {
    const [ann, bob] = [await worker(8), await worker(6)];
    // Nothing was derived yet: the close does that.
    const { status, body, headers } = await close();
    expect([status, headers.get('location')]).toEqual([201, `${path}/closes`]);
    expect(body.closes).toMatchObject([
      { siteId: site, version: 1, state: 'closed', people: 2, reason: null, standing: true },
    ]);
    const file = await payroll();
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const { sha256 } = body.closes[0];
    expect(createHash('sha256').update(file.body).digest('hex')).toBe(sha256);
    expect(file.headers.get('etag')).toBe(`"${sha256}"`);
    expect([hoursOf(file.body, ann.actor.id), hoursOf(file.body, bob.actor.id)]).toEqual(['8.00', '6.00']);
    expect((await payroll()).body).toBe(file.body);
    const again = await close();
    expect([again.status, again.body]).toEqual([200, body]);
    const sheets = await hr.send('GET', `/api/attendance/timesheets?month=${month}&siteId=${site}`);
    expect(sheets.body.data.map(({ locked }: { locked: boolean }) => locked)).toEqual([true, true]);
    const events = await publishedEvents(world.sql, 'attendance.timesheets-closed.v1');
    expect(events.at(-1)?.data).toMatchObject({ siteId: site, month, people: 2, sha256, closedBy: hr.actor.id });
  });

  it('keeps what was closed when facts come late, and has another version once it was opened and closed again', async () => {
    const ann = await worker(8);
    const first = (await close()).body.closes[0];
    const before = (await payroll()).body;
    await stay(world, ann.actor.id, '2026-03-04T08:00+01:00', '2026-03-04T12:00+01:00');
    await drain(world, sources);
    expect((await payroll()).body).toBe(before);
    const opened = await hr.send('POST', `/api/attendance/months/${month}/unlock`, {
      body: { siteId: site, reason: 'Late' },
    });
    expect(opened.status).toBe(200);
    expect((await payroll()).body.code).toBe('month_open');
    const second = (await close()).body.closes[0];
    expect(second).toMatchObject({ version: 2, state: 'closed', standing: true });
    expect(second.sha256).not.toBe(first.sha256);
    expect(hoursOf((await payroll()).body, ann.actor.id)).toBe('12.00');
    expect((await payroll(`?siteId=${site}&version=1`)).body).toBe(before);
    const { closes } = (await hr.send('GET', `${path}/closes?siteId=${site}`)).body;
    expect(closes).toEqual([{ ...first, standing: false }, second]);
    expect((await payroll(`?siteId=${site}&version=3`)).status).toBe(404);
  });

  it('tells how much overtime waits, before and after, and is not kept from it', async () => {
    const overtime = { percent: { normal: 150, weekend: 150, holiday: 150 }, needsApproval: true };
    const body = { siteId: site, validFrom: '2026-03-01', name: 'Approved only', rules: { overtime } };
    expect((await hr.send('POST', '/api/attendance/rules', { body })).status).toBe(201);
    const shift = await shiftType(world.sql, { start: '08:00', end: '16:00' });
    const [ann, bob] = [await worker(10), await worker(8)];
    for (const { actor } of [ann, bob]) await publish(world.sql, actor.id, '2026-03-03', [shift]);
    await drain(world, storedSources);
    const state = async () => {
      const { body } = await hr.send('GET', `/api/attendance/months/${month}`);
      return body.sites.find(({ siteId }: { siteId: string }) => siteId === site).overtimeAwaiting;
    };
    expect(await state()).toBe(1);
    const closed = await close();
    expect([closed.status, closed.body.closes[0].overtimeAwaiting, await state()]).toEqual([201, 1, 1]);
    // One from before this was counted.
    await world.sql`update month_closes set overtime_awaiting = null where site_id = ${site}`;
    expect((await close()).body.closes[0].overtimeAwaiting).toBe(null);
  });

  it('takes a key for closing, and none for locking', async () => {
    await worker();
    const key = async (scopes: Action[]): Promise<Client['send']> => {
      const token = await tokenFor({ ...hr.actor, scopes });
      return (method, path, o = {}) => requestJson(world.app, method, path, { token, ...o });
    };
    const [closing, reading] = [await key(['timesheets.close']), await key(['timesheets.read', 'months.read'])];
    const body = { siteId: site };
    expect((await reading('POST', `${path}/close`, { body })).status).toBe(403);
    expect((await closing('POST', `/api/attendance/months/${month}/lock`, { body })).status).toBe(403);
    expect((await closing('POST', `${path}/close`, { body })).status).toBe(201);
    const undo = { body: { siteId: site, reason: 'Late' } };
    expect((await closing('POST', `/api/attendance/months/${month}/unlock`, undo)).status).toBe(403);
  });

  it('is refused while something is open, unless it is forced with a reason', async () => {
    const ann = await world.person({ at: site });
    await punch(world, ann.actor.id, 'IN', '2026-03-31T23:30+02:00');
    world.clock.set('2026-04-01T05:00:00Z');
    const refused = await close();
    expect([refused.status, refused.body.code]).toEqual([409, 'month_open']);
    expect((await payroll()).body.code).toBe('month_open');
    const forced = await close({ siteId: site, force: { reason: 'Payday' } });
    expect([forced.status, forced.body.closes[0].reason]).toEqual([201, 'Payday']);
    world.clock.set('2026-04-02T12:00:00Z');
    for (const bad of [{ siteId: site, force: {} }, { siteId: site, force: { reason: '' } }, { surprise: 1 }])
      expect((await close(bad)).status).toBe(400);
    expect((await close({ siteId: v7() })).status).toBe(404);
  });

  it('is done once by two processes that are asked at the same time', async () => {
    await Promise.all([worker(), worker(), worker()]);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => closeMonth(world.deps, hr.actor, month, { siteId: site })),
    );
    const closes = answers.map(({ answer }) => answer.closes);
    expect(new Set(closes.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(closes[0]).toMatchObject([{ version: 1, state: 'closed', people: 3 }]);
    expect(answers.filter(({ outcome }) => outcome === 'closed').length).toBeGreaterThan(0);
    const rows = await world.sql`select count(*)::int as n from timesheets where lock_id = ${closes[0]?.[0]?.id ?? ''}`;
    expect(rows[0]?.n).toBe(3);
    expect(
      (await publishedEvents(world.sql, 'attendance.timesheets-closed.v1')).filter(({ data }) => data.siteId === site)
        .length,
    ).toBe(1);
  });

  it('goes on where a process died, and gives up where the month was opened meanwhile', async () => {
    const people = 1500;
    await world.sql`
      insert into people (id, name, role, site_id, status, version)
      select uuidv7(), 'N', 'employee', ${site}, 'active', 1 from generate_series(1, ${people})`;
    const begin = async () => {
      const [lock] = await lockMonth(world.deps, hr.actor, month, { siteId: site, force: false });
      const base = { month, siteId: site, reason: null, askedAt: new Date(), askedBy: hr.actor.id };
      await insertClose(world.sql, { ...base, lockId: lock?.id ?? '' });
      return lock?.id ?? '';
    };
    const first = await begin();
    const stop = new Error('killed');
    const dying = {
      ...world.deps,
      relay: {
        wake: () => {
          throw stop;
        },
      },
    };
    expect(await advanceClose(dying, [first])).toBe(true);
    await hr.send('POST', `/api/attendance/months/${month}/unlock`, { body: { siteId: site, reason: 'No' } });
    expect(await advanceClose(world.deps, [first])).toBe(true);
    expect((await hr.send('GET', `${path}/closes?siteId=${site}`)).body.closes).toEqual([]);
    expect(await world.sql`select 1 from timesheets where lock_id = ${first}`).toEqual([]);

    const second = await begin();
    // Two processes at once: one writes, the other finds nothing to do.
    const both = await Promise.all([advanceClose(world.deps, [second]), advanceClose(world.deps, [second])]);
    expect(both.sort()).toEqual([false, true]);
    expect((await hr.send('GET', `${path}/closes?siteId=${site}`)).body.closes).toMatchObject([
      { state: 'closing', people: 1000 },
    ]);
    // Nobody asks again: the workers do it.
    const workers = [1, 2].map(() => startCloseWorker(world.deps, { idleMs: 5 }));
    await expect
      .poll(async () => (await hr.send('GET', `${path}/closes?siteId=${site}`)).body.closes, { timeout: 30_000 })
      .toMatchObject([{ state: 'closed', people, version: 1 }]);
    await Promise.all(workers.map((one) => one.stop()));
  });

  it('has one file of all sites, which adds up', async () => {
    await worker(7);
    const { status, body } = await close({});
    expect([200, 201]).toContain(status);
    const file = await payroll('');
    expect(file.headers.get('etag')).toBeNull();
    const lines = String(file.body).trimEnd().split('\r\n');
    const people = body.closes.reduce((all: number, one: { people: number }) => all + one.people, 0);
    expect(lines.length).toBe(people + 2);
    expect(lines.at(-1)?.split(',')[4]).toBe(String(people));
    expect((await payroll('?version=1')).status).toBe(400);
  });

  it('is for hr', async () => {
    const boss = await world.person({ role: 'manager', at: site });
    expect((await boss.send('POST', `${path}/close`, { body: { siteId: site } })).status).toBe(403);
    expect((await boss.send('GET', `${path}/closes`)).status).toBe(403);
    expect((await boss.send('GET', `${path}/payroll`)).status).toBe(403);
    expect((await hr.send('GET', '/api/attendance/timesheets/2026-13/payroll')).status).toBe(400);
  });
});
