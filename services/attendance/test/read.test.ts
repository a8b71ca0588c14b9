import { attendanceList, attendanceSession, attendanceSummary } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recomputeDays } from '../src/verbs/recompute-days.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from './harness.ts';

let world: World;
let berlin: string;
let apia: string;
let hr: Client;
let boss: Client;
let ann: Client;
let bob: Client;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-02T08:00:00Z' });
  berlin = await world.site('Europe/Berlin');
  apia = await world.site('Pacific/Apia');
  hr = await world.person({ role: 'hr', at: berlin });
  boss = await world.person({ role: 'manager', at: berlin });
  ann = await world.person({ at: berlin, managerId: boss.actor.id, department: 'Mill' });
  bob = await world.person({ at: apia, department: 'Mill' });
  for (let day = 0; day < 12; day++) {
    for (const one of [ann, bob, boss]) await checkIn(one);
    world.clock.advance({ hours: 4, minutes: 10 });
    for (const one of [ann, bob, boss]) await checkOut(one);
    world.clock.advance({ hours: 19, minutes: 50 });
  }
  await checkIn(bob);
});
afterAll(() => world.drop());

const list = async (who: Client, query = '') => {
  const answer = await who.send('GET', `/api/attendance${query}`);
  expect(answer.status).toBe(200);
  return attendanceList.parse(answer.body);
};
const people = (page: { data: { employeeId: string }[] }) => new Set(page.data.map(({ employeeId }) => employeeId));

describe('list', () => {
  it('shows everybody to hr, reports and oneself to a manager, oneself to the rest', async () => {
    expect(people(await list(hr, '?limit=100'))).toEqual(new Set([ann, bob, boss].map(({ actor }) => actor.id)));
    expect(people(await list(boss, '?limit=100'))).toEqual(new Set([ann, boss].map(({ actor }) => actor.id)));
    expect(people(await list(ann, '?limit=100'))).toEqual(new Set([ann.actor.id]));
    expect((await list(await world.person())).data).toEqual([]);
  });

  it('walks by cursor through everything once, newest first', async () => {
    const all = (await list(hr, '?limit=100')).data;
    expect(all.length).toBe(37);
    expect(all.map(({ checkInAt }) => checkInAt)).toEqual(
      all
        .map(({ checkInAt }) => checkInAt)
        .toSorted()
        .toReversed(),
    );
    for (const who of [hr, boss, ann]) {
      const walked: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await list(who, `?limit=7${cursor && `&cursor=${cursor}`}`);
        walked.push(...page.data.map(({ id }) => id));
        cursor = page.meta.nextCursor;
      }
      expect(walked).toEqual((await list(who, '?limit=100')).data.map(({ id }) => id));
    }
  });

  it('costs the same on the last page as on the first', async () => {
    const { id: first } = await world.sql`select id from attendance_sessions order by id limit 1 offset 3`.then(
      ([row]) => row as { id: string },
    );
    await world.sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      const read = async (beyond: string) => {
        const [row] = await tx`explain (analyze, format json, timing off, buffers)
          select * from attendance_sessions where id < ${beyond} order by id desc limit 3`;
        return row?.['QUERY PLAN'][0].Plan;
      };
      const plans = [await read('ffffffff-ffff-ffff-ffff-ffffffffffff'), await read(first)];
      for (const plan of plans) {
        expect(plan.Plans[0]['Node Type']).toBe('Index Scan');
        expect(plan.Plans[0]['Actual Rows']).toBeLessThanOrEqual(3);
      }
    });
  });

  it('filters, and a filter never widens what one may see', async () => {
    expect(people(await list(hr, `?employeeId=${bob.actor.id}`))).toEqual(new Set([bob.actor.id]));
    expect(people(await list(hr, `?employeeId=${bob.actor.id.toUpperCase()}`))).toEqual(new Set([bob.actor.id]));
    expect(people(await list(hr, `?siteId=${apia}`))).toEqual(new Set([bob.actor.id]));
    expect(people(await list(hr, '?department=Mill&limit=100'))).toEqual(new Set([ann.actor.id, bob.actor.id]));
    expect(people(await list(hr, '?department=%20m%C3%8DLL&limit=100'))).toEqual(new Set([ann.actor.id, bob.actor.id]));
    expect((await list(hr, '?department=Mil')).data).toEqual([]);
    expect((await list(bob, '?department=Office')).data).toEqual([]);
    expect(people(await list(boss, '?department=Mill&limit=100'))).toEqual(new Set([ann.actor.id]));
    expect((await list(hr, '?status=open')).data.map(({ employeeId }) => employeeId)).toEqual([bob.actor.id]);
    expect((await list(hr, '?status=closed&limit=100')).data.length).toBe(36);
    const days = (await list(hr, '?from=2026-11-03&to=2026-11-04&limit=100')).data;
    expect(new Set(days.map(({ date }) => date))).toEqual(new Set(['2026-11-03', '2026-11-04']));
    expect((await list(ann, `?employeeId=${bob.actor.id}`)).data).toEqual([]);
    expect((await list(boss, `?employeeId=${bob.actor.id}`)).data).toEqual([]);
    expect((await list(boss, `?employeeId=${ann.actor.id}&limit=100`)).data.length).toBe(12);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=abc',
    'from=yesterday',
    'from=2026-02-30',
    'status=late',
    'foo=1',
    'employeeId=1',
    'siteId=',
    'from=2026-11-05&to=2026-11-04',
    'department=%00',
  ])('refuses ?%s', async (query) => {
    expect(await hr.send('GET', `/api/attendance?${query}`)).toMatchObject({ status: 400 });
  });
});

describe('the line of command', () => {
  const sessionsOf = async (who: Client, whom: Client) =>
    people(await list(who, `?employeeId=${whom.actor.id}`)).has(whom.actor.id);
  const summaryOf = async (who: Client, whom: Client) =>
    (await who.send('GET', `/api/attendance/summary?employeeId=${whom.actor.id}`)).status;

  it('reaches down through other managers, never up or sideways', async () => {
    const top = await world.person({ role: 'manager', at: berlin });
    const middle = await world.person({ role: 'manager', at: berlin, managerId: top.actor.id });
    const worker = await world.person({ at: berlin, managerId: middle.actor.id });
    const peer = await world.person({ role: 'manager', at: berlin, managerId: top.actor.id });
    const all = [top, middle, worker, peer];
    for (const one of all) await checkIn(one);
    const [session] = (await list(worker)).data;
    const sees: [Client, Client[]][] = [
      [top, all],
      [middle, [middle, worker]],
      [worker, [worker]],
      [peer, [peer]],
    ];
    for (const [who, seen] of sees) {
      expect(people(await list(who, '?limit=100'))).toEqual(new Set(seen.map(({ actor }) => actor.id)));
      for (const whom of all) {
        const may = seen.includes(whom);
        expect([await sessionsOf(who, whom), await summaryOf(who, whom)]).toEqual([may, may ? 200 : 404]);
      }
      const one = await who.send('GET', `/api/attendance/${session?.id}`);
      expect(one.status).toBe(seen.includes(worker) ? 200 : 404);
    }
  });

  it('is for managers: an employee whom others are put under sees no more than themselves', async () => {
    const elder = await world.person({ at: berlin });
    const novice = await world.person({ at: berlin, managerId: elder.actor.id });
    for (const one of [elder, novice]) await checkIn(one);
    expect(people(await list(elder, '?limit=100'))).toEqual(new Set([elder.actor.id]));
    expect(await summaryOf(elder, novice)).toBe(404);
  });

  it('ends where late events make it a circle', async () => {
    const [one, two, outside] = [
      await world.person({ role: 'manager', at: berlin }),
      await world.person({ role: 'manager', at: berlin }),
      await world.person({ at: berlin }),
    ];
    const put = (below: Client, above: Client) =>
      world.sql`update people set manager_id = ${above.actor.id} where id = ${below.actor.id}`;
    await put(one, two);
    await put(two, one);
    for (const each of [one, two, outside]) await checkIn(each);
    expect(people(await list(one))).toEqual(new Set([one.actor.id, two.actor.id]));
    expect(await summaryOf(one, outside)).toBe(404);
  });

  it('costs a look at an index a step, not a scan of all people', async () => {
    await world.sql`insert into people (id, name, role, site_id, manager_id, status, version)
      select gen_random_uuid(), 'Crowd', 'employee', ${berlin}, gen_random_uuid(), 'active', 1 from generate_series(1, 5000)`;
    await world.sql`analyze people`;
    const [row] = await world.sql`explain (analyze, format json, timing off)
      with recursive below (id) as (
        select ${boss.actor.id}::uuid union select p.id from people p join below on p.manager_id = below.id
      ) select id from below`;
    expect(JSON.stringify(row)).toContain('people_manager');
    expect(JSON.stringify(row)).not.toContain('Seq Scan');
  });
});

describe('one session', () => {
  it('is there for its person, their manager and hr; for others it does not exist', async () => {
    const [mine] = (await list(ann, '?limit=1')).data;
    const path = `/api/attendance/${mine?.id}`;
    for (const who of [ann, boss, hr]) {
      const answer = await who.send('GET', path);
      expect(attendanceSession.parse(answer.body)).toEqual(mine);
    }
    const otherBoss = await world.person({ role: 'manager', at: berlin });
    const missing = await hr.send('GET', `/api/attendance/${v7()}`);
    expect(missing).toMatchObject({ status: 404, body: { code: 'not_found' } });
    for (const who of [bob, otherBoss, await world.person()]) {
      const answer = await who.send('GET', path);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
    }
    expect(await ann.send('GET', '/api/attendance/nonsense')).toMatchObject({ status: 400 });
    expect(await requestJson(world.app, 'GET', path)).toMatchObject({ status: 401 });
  });
});

describe('today', () => {
  it('is the day at the site, not the server’s or UTC’s', async () => {
    const cat = await world.person({ at: apia });
    // 23:30 in Apia (UTC+13), then 00:30 of the next day there; in UTC and Berlin one and the same day.
    world.clock.set('2026-11-20T10:30:00Z');
    expect((await cat.send('GET', '/api/attendance/today')).body).toBeNull();
    expect((await checkIn(cat)).body.date).toBe('2026-11-20');
    world.clock.advance({ minutes: 20 });
    await checkOut(cat);
    expect((await cat.send('GET', '/api/attendance/today')).body).toMatchObject({
      date: '2026-11-20',
      status: 'closed',
    });
    world.clock.advance({ minutes: 40 });
    expect((await cat.send('GET', '/api/attendance/today')).body).toBeNull();
    expect((await checkIn(cat)).body.date).toBe('2026-11-21');
    expect((await cat.send('GET', '/api/attendance/today')).body).toMatchObject({ date: '2026-11-21', status: 'open' });
  });

  it('shows who came in yesterday and is still there', async () => {
    const dan = await world.person({ at: berlin });
    world.clock.set('2026-11-20T21:00:00Z');
    await checkIn(dan);
    world.clock.advance({ hours: 6 });
    expect((await dan.send('GET', '/api/attendance/today')).body).toMatchObject({ date: '2026-11-20', status: 'open' });
    await checkOut(dan);
    expect((await dan.send('GET', '/api/attendance/today')).body).toBeNull();
  });

  it('may be asked for others by hr and their manager only', async () => {
    const ask = (who: Client, whom: Client) => who.send('GET', `/api/attendance/today?employeeId=${whom.actor.id}`);
    expect((await ask(hr, bob)).body).toMatchObject({ employeeId: bob.actor.id });
    expect((await ask(boss, ann)).status).toBe(200);
    expect(await ask(boss, bob)).toMatchObject({ status: 404 });
    expect(await ask(ann, bob)).toMatchObject({ status: 404 });
    expect(await hr.send('GET', `/api/attendance/today?employeeId=${v7()}`)).toMatchObject({ status: 404 });
    expect(await requestJson(world.app, 'GET', '/api/attendance/today')).toMatchObject({ status: 401 });
    expect(await (await world.person({ role: 'kiosk' })).send('GET', '/api/attendance/today')).toMatchObject({
      status: 403,
    });
  });
});

describe('summary', () => {
  it('counts sessions and adds up attendance days', async () => {
    while ((await recomputeDays(world.deps)) > 0);
    const answer = await ann.send('GET', '/api/attendance/summary?from=2026-11-03&to=2026-11-05');
    expect(attendanceSummary.parse(answer.body)).toEqual({
      employeeId: ann.actor.id,
      from: '2026-11-03',
      to: '2026-11-05',
      daysPresent: 3,
      sessions: 3,
      openSessions: 0,
      workedMinutes: 750,
      lateMinutes: 0,
      earlyExitMinutes: 0,
    });
    world.clock.set('2026-11-20T12:00:00Z');
    const month = await boss.send('GET', `/api/attendance/summary?employeeId=${ann.actor.id}`);
    expect(month.body).toMatchObject({ from: '2026-11-01', to: '2026-11-20', sessions: 12, workedMinutes: 3000 });
    expect((await hr.send('GET', `/api/attendance/summary?employeeId=${bob.actor.id}`)).body.openSessions).toBe(1);
  });

  it('is nobody else’s', async () => {
    expect(await ann.send('GET', `/api/attendance/summary?employeeId=${bob.actor.id}`)).toMatchObject({ status: 404 });
    expect(await ann.send('GET', '/api/attendance/summary?from=2026-11-05&to=2026-11-01')).toMatchObject({
      status: 400,
    });
    expect(await requestJson(world.app, 'GET', '/api/attendance/summary')).toMatchObject({ status: 401 });
  });
});

describe('the service', () => {
  it('answers unknown paths and methods as problems, and documents every route', async () => {
    expect(await ann.send('DELETE', '/api/attendance/today')).toMatchObject({ status: 405 });
    expect(await ann.send('GET', '/api/attendance/a/b')).toMatchObject({ status: 404 });
    const { body } = await requestJson(world.app, 'GET', '/openapi.json');
    const documented = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    // Served as a file, since a parameter cannot end in `.ics`.
    const served = (path: string): string => path.replace('/calendar/{file}', '/calendar/{secretToken}.ics');
    const mounted = world.app.routes
      .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
      .map(({ path, method }) => `${method} ${served(path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'))}`);
    expect(documented.length).toBeGreaterThan(100);
    expect(documented.sort()).toEqual([...new Set(mounted)].sort());
  });
});
