import { liveBoard } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DayContext, DaySources } from '../../src/day-sources.ts';
import { nothingPlanned } from '../../src/day-sources.ts';
import type { ShiftType } from '../../src/domain/days/index.ts';
import { purgeLivePlans } from '../../src/verbs/live/purge-live-plans.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';

let w: World;
let berlin: string;
let hr: Client;
const plans = new Map<string, Partial<DayContext>>();
const daySources: DaySources = async (_db, ranges, nowMs) =>
  new Map(
    ranges.map(({ employeeId }) => [employeeId, { ...nothingPlanned, knownUntilMs: nowMs, ...plans.get(employeeId) }]),
  );
beforeAll(async () => {
  w = await createWorld();
});
afterAll(() => w.drop());
beforeEach(async () => {
  w.clock.set('2026-11-20T05:00:00Z');
  plans.clear();
  berlin = await w.site('Europe/Berlin');
  hr = await w.person({ role: 'hr', at: await w.site('Europe/Lisbon') });
});

const shiftType = (start: string, end: string, checkInBeforeMinutes = 60): ShiftType => ({
  id: v7(),
  name: `${start}–${end}`,
  start,
  end,
  checkInBeforeMinutes,
  checkOutAfterMinutes: 60,
  lateGraceMinutes: 5,
  earlyGraceMinutes: 0,
  breaks: { punched: 'UNPAID', automatic: null },
  absentBelowMinutes: 0,
  halfDayBelowMinutes: 0,
  overtime: null,
  autoClose: null,
});

/** Plans a person's date, and lets the days' worker hear of it. */
async function plan(
  id: string,
  o: { start?: string; end?: string; before?: number; date?: string; zone?: string; leave?: boolean },
): Promise<void> {
  const { start, end = '', before, date = '2026-11-20', zone = 'Europe/Berlin', leave } = o;
  plans.set(id, {
    shifts: start === undefined ? [] : [{ date, zone, shift: shiftType(start, end, before), source: 'ASSIGNMENT' }],
    leave: leave ? [{ id: v7(), date, part: 'FULL', type: 'annual' }] : [],
  });
  await w.sql`insert into day_queue (employee_id, from_date, to_date) values (${id}, ${date}, ${date})`;
  await settle();
}
async function settle(): Promise<void> {
  while ((await recomputeDays({ ...w.deps, daySources })) > 0);
}
const worker = (more: { managerId?: string; department?: string; role?: 'manager' | 'employee' } = {}, at = berlin) =>
  w.person({ at, ...more });
const board = async (who: Client = hr, query = `siteId=${berlin}`) => {
  const answer = await who.send('GET', `/api/attendance/live?${query}`);
  expect(answer.status).toBe(200);
  expect(liveBoard.parse(answer.body)).toEqual(answer.body);
  return liveBoard.parse(answer.body);
};
const stateOf = async (id: string, query?: string) =>
  (await board(hr, query ?? `siteId=${berlin}&whole=true`)).data.find(({ employeeId }) => employeeId === id)?.state;

describe('the live board', () => {
  it('shows each person’s day as it goes on', async () => {
    const ann = await worker();
    const id = ann.actor.id;
    expect(await stateOf(id)).toBe('off');
    await plan(id, { start: '08:00', end: '16:00' });
    const seen: [string, string | undefined][] = [];
    const look = async (time: string, act?: () => Promise<unknown>) => {
      w.clock.set(`2026-11-20T${time}:00Z`);
      await act?.();
      seen.push([time, await stateOf(id)]);
    };
    await look('06:59');
    await look('07:05');
    await look('07:06');
    await look('07:30', () => checkIn(ann));
    await look('11:00', () => checkOut(ann));
    await look('11:30', () => checkIn(ann));
    await look('15:30', () => checkOut(ann));
    await look('15:00');
    expect(seen).toEqual([
      ['06:59', 'expected'],
      ['07:05', 'expected'],
      ['07:06', 'missing'],
      ['07:30', 'late'],
      ['11:00', 'out'],
      ['11:30', 'late'],
      ['15:30', 'done'],
      ['15:00', 'done'],
    ]);
  });

  it('counts a site’s people, and says when each changes by itself', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => worker()));
    const [a, b, c, d, e] = people.map(({ actor }) => actor.id) as [string, string, string, string, string];
    for (const id of [a, b, c]) await plan(id, { start: '08:00', end: '16:00' });
    await plan(d, { leave: true });
    await plan(e, { start: '20:00', end: '23:00' });
    w.clock.set('2026-11-20T07:00:00Z');
    await checkIn(people[0] as Client);
    w.clock.set('2026-11-20T08:00:00Z');
    await checkIn(people[1] as Client);
    await w.sql`update attendance_sessions set break_since = ${new Date('2026-11-20T07:50:00Z')} where employee_id = ${a}`;
    const { sites, data, at } = await board();
    expect(at).toBe('2026-11-20T08:00:00.000Z');
    expect(sites).toMatchObject([
      {
        siteId: berlin,
        zone: 'Europe/Berlin',
        date: '2026-11-20',
        dayFrom: '2026-11-19T23:00:00.000Z',
        counts: { on_break: 1, late: 1, missing: 1, on_leave: 1, expected: 1, off: 1, in: 0 },
      },
    ]);
    const of = (id: string) => data.find(({ employeeId }) => employeeId === id);
    expect(of(b)).toMatchObject({
      state: 'late',
      lateMinutes: 60,
      stays: [{ from: '2026-11-20T08:00:00.000Z', until: null }],
    });
    expect(of(c)).toMatchObject({ state: 'missing', changesAt: '2026-11-20T15:00:00.000Z' });
    expect(of(e)).toMatchObject({ state: 'expected', changesAt: '2026-11-20T19:06:00.000Z' });
  });

  it('keeps a night shift of yesterday on the board, and shows one that begins after midnight before it', async () => {
    const [ann, bob, cas] = await Promise.all([worker(), worker(), worker()]);
    await plan(ann.actor.id, { start: '22:00', end: '06:00', date: '2026-11-19' });
    await plan(bob.actor.id, { start: '22:00', end: '06:00', date: '2026-11-19' });
    await plan(cas.actor.id, { start: '00:30', end: '06:00', date: '2026-11-21' });
    w.clock.set('2026-11-19T20:50:00Z');
    await checkIn(ann);
    w.clock.set('2026-11-20T04:00:00Z');
    expect(await Promise.all([ann, bob].map(({ actor }) => stateOf(actor.id)))).toEqual(['in', 'missing']);
    w.clock.set('2026-11-20T05:30:00Z');
    await checkOut(ann);
    expect(await Promise.all([ann, bob].map(({ actor }) => stateOf(actor.id)))).toEqual(['done', 'absent']);
    w.clock.set('2026-11-20T22:45:00Z');
    expect(await stateOf(cas.actor.id)).toBe('expected');
  });

  it('remembers who left early in a shift of a whole day, however long ago', async () => {
    const ann = await worker();
    await plan(ann.actor.id, { start: '20:00', end: '19:30', before: 240, date: '2026-11-19' });
    w.clock.set('2026-11-19T15:30:00Z');
    await checkIn(ann);
    w.clock.set('2026-11-19T16:30:00Z');
    await checkOut(ann);
    w.clock.set('2026-11-20T19:20:00Z');
    expect(await stateOf(ann.actor.id)).toBe('done');
  });

  it('knows each site’s own day', async () => {
    const apia = await w.site('Pacific/Apia');
    const ann = await worker({}, apia);
    await plan(ann.actor.id, { start: '08:00', end: '16:00', date: '2026-11-21', zone: 'Pacific/Apia' });
    w.clock.set('2026-11-20T20:00:00Z');
    const { sites } = await board(hr, `siteId=${apia}`);
    expect(sites).toMatchObject([{ date: '2026-11-21', zone: 'Pacific/Apia', counts: { missing: 1 } }]);
  });

  it('shows an open session however old it is', async () => {
    const ann = await worker();
    w.clock.set('2026-11-10T08:00:00Z');
    await checkIn(ann);
    w.clock.set('2026-11-20T08:00:00Z');
    expect(await stateOf(ann.actor.id)).toBe('in');
  });

  it('is by state, by department, and by cursor without gaps; counts are of all', async () => {
    const people = await Promise.all(
      Array.from({ length: 25 }, (_, n) => worker({ department: n % 2 ? 'Lager' : 'Büro' })),
    );
    for (const person of people.slice(0, 10)) await checkIn(person);
    const ids: string[] = [];
    let cursor = '';
    do {
      const { data, meta, sites } = await board(hr, `siteId=${berlin}&limit=7${cursor && `&cursor=${cursor}`}`);
      expect(sites[0]?.counts).toMatchObject({ in: 10, off: 15 });
      ids.push(...data.map(({ employeeId }) => employeeId));
      cursor = meta.nextCursor ?? '';
    } while (cursor !== '');
    expect(ids).toEqual(people.map(({ actor }) => actor.id).sort());
    expect((await board(hr, `siteId=${berlin}&state=in&limit=100`)).data).toHaveLength(10);
    const lager = await board(hr, `siteId=${berlin}&department=lager&whole=true`);
    expect([lager.data.length, lager.meta.nextCursor]).toEqual([12, null]);
    expect((await board(hr, `siteId=${berlin}&employeeId=${ids[3]}`)).data.map(({ employeeId }) => employeeId)).toEqual(
      [ids[3]],
    );
  });

  it('is for managers everybody below them at any site, and nobody else', async () => {
    const boss = await worker({ role: 'manager' });
    const lead = await worker({ role: 'manager', managerId: boss.actor.id });
    const lisbon = await w.site('Europe/Lisbon');
    const far = await worker({ managerId: lead.actor.id }, lisbon);
    const stranger = await worker();
    const mine = await board(boss, 'whole=true');
    expect(mine.data.map(({ employeeId }) => employeeId)).toEqual(
      [boss, lead, far].map(({ actor }) => actor.id).sort(),
    );
    expect(mine.sites.map(({ siteId }) => siteId).sort()).toEqual([berlin, lisbon].sort());
    expect((await board(boss, `siteId=${lisbon}`)).data).toHaveLength(1);
    expect((await board(boss, `employeeId=${stranger.actor.id}`)).data).toEqual([]);
    expect((await stranger.send('GET', `/api/attendance/live?siteId=${berlin}`)).status).toBe(403);
    expect((await requestJson(w.app, 'GET', '/api/attendance/live')).status).toBe(401);
  });

  it('of all sites at once, or with what nobody knows, is refused', async () => {
    expect(await hr.send('GET', '/api/attendance/live')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'siteId' }] },
    });
    for (const query of [
      'siteId=x',
      `siteId=${berlin}&state=asleep`,
      `siteId=${berlin}&limit=101`,
      `siteId=${berlin}&x=1`,
    ])
      expect((await hr.send('GET', `/api/attendance/live?${query}`)).status).toBe(400);
    expect((await board(hr, `siteId=${v7()}`)).data).toEqual([]);
  });

  it('leaves out who was deleted', async () => {
    const ann = await worker();
    await w.sql`update people set status = 'deleted' where id = ${ann.actor.id}`;
    expect(await stateOf(ann.actor.id)).toBeUndefined();
  });
});

describe('plans of now', () => {
  const told = async () => {
    const rows = await w.sql<{ ids: string[] }[]>`
      select payload->'data'->'employeeIds' as ids from outbox where payload->>'type' = 'attendance.board-changed.v1' order by id`;
    return rows.flatMap(({ ids }) => ids);
  };

  it('are told of when they change, once; those of other days are not', async () => {
    const { actor } = await worker();
    const count = async () => (await told()).filter((id) => id === actor.id).length;
    await plan(actor.id, { start: '08:00', end: '16:00' });
    expect(await count()).toBe(1);
    await plan(actor.id, { start: '08:00', end: '16:00' });
    expect(await count()).toBe(1);
    await plan(actor.id, { start: '09:00', end: '16:00' });
    expect(await count()).toBe(2);
    await plan(actor.id, { start: '09:00', end: '16:00', date: '2026-11-22' });
    plans.set(actor.id, {});
    await w.sql`insert into day_queue (employee_id, from_date, to_date) values (${actor.id}, '2026-11-01', '2026-11-30')`;
    await settle();
    expect(await count()).toBe(3);
    expect(await w.sql`select 1 from live_plans where employee_id = ${actor.id}`).toHaveLength(0);
  });

  it('are kept near today only', async () => {
    const { actor } = await worker();
    await plan(actor.id, { start: '08:00', end: '16:00', date: '2026-11-01' });
    await plan(actor.id, { start: '08:00', end: '16:00', date: '2026-12-24' });
    expect(await w.sql`select 1 from live_plans where employee_id = ${actor.id}`).toHaveLength(0);
    await plan(actor.id, { start: '08:00', end: '16:00' });
    w.clock.set('2026-11-23T12:00:00Z');
    await purgeLivePlans(w.deps);
    expect(await w.sql`select 1 from live_plans where employee_id = ${actor.id}`).toHaveLength(1);
    w.clock.set('2026-11-24T12:00:00Z');
    await purgeLivePlans(w.deps);
    expect(await w.sql`select 1 from live_plans where employee_id = ${actor.id}`).toHaveLength(0);
  });
});
