import { eventSchemas } from '@muster/contracts';
import { holidayList, holidaysAnswer } from '@muster/contracts/http/attendance-holidays';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysOff } from '../../src/domain/leave/days-off.ts';
import { planFill, type StoredHoliday } from '../../src/domain/leave/plan-fill.ts';
import { publicHolidays } from '../../src/domain/leave/public-holidays.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, checkIn, checkOut, createWorld, defaultSite, type World } from '../harness.ts';

let w: World;
let hr: Client;
beforeAll(async () => {
  w = await createWorld({ now: '2026-05-01T07:00:00Z' });
  hr = await w.person({ role: 'hr' });
});
afterAll(() => w.drop());

const newList = async (weeklyOff: number[] = []): Promise<string> => {
  const answer = await hr.send('POST', '/api/holidays', { body: { name: `List ${v7()}`, weeklyOff } });
  expect(answer.status).toBe(201);
  return holidayList.parse(answer.body).id;
};
const assign = (siteId: string, from: string, listId: string | null) =>
  hr.send('PUT', `/api/holidays/sites/${siteId}/${from}`, { body: { listId } });
const put = (listId: string, date: string, name = 'Day off') =>
  hr.send('PUT', `/api/holidays/${listId}/days/${date}`, { body: { name } });
const days = async (listId: string, from: string, to: string) => {
  const answer = await hr.send('GET', `/api/holidays/${listId}/days?from=${from}&to=${to}`);
  expect(answer.status).toBe(200);
  return holidaysAnswer.parse(answer.body).data;
};
const fill = (listId: string, body: object) => hr.send('POST', `/api/holidays/${listId}/fill`, { body });
const bavaria = { country: 'DE', state: 'BY', fromYear: 2026, toYear: 2026 };
const published = async (listId: string): Promise<string[]> =>
  (
    await w.sql<{ type: string; data: unknown }[]>`
      select type, payload->'data' as data from outbox where payload->'data'->>'listId' = ${listId} order by seq`
  ).map(({ type, data }) => {
    eventSchemas[type as keyof typeof eventSchemas].parse(data);
    return type;
  });
const drain = async (): Promise<void> => {
  while ((await recomputeDays(w.deps)) > 0);
};
const statusOf = async (employeeId: string, date: string): Promise<string | undefined> => {
  await drain();
  const [row] = await w.sql`select status from attendance_days where employee_id = ${employeeId} and date = ${date}`;
  return row?.status;
};
/** Somebody who worked on that day, whose days around it are stored. */
async function worker(siteId: string, at = '2026-05-01T07:00:00Z'): Promise<Client> {
  const client = await w.person({ at: siteId });
  w.clock.set(at);
  await checkIn(client);
  w.clock.advance({ hours: 8 });
  await checkOut(client);
  w.clock.advance({ hours: 48 });
  await drain();
  return client;
}

describe('the source of holidays', () => {
  it('knows the days off of places, one a date, and names several of one date together', () => {
    const dates = publicHolidays({ ...bavaria, types: ['public'] }).map(({ date }) => date);
    expect(dates).toEqual([
      '2026-01-01',
      '2026-01-06',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-06-04',
      '2026-10-03',
      '2026-11-01',
      '2026-12-25',
      '2026-12-26',
    ]);
    const joint = publicHolidays({ country: 'DE', fromYear: 2008, toYear: 2008, types: ['public'] });
    expect(joint.find(({ date }) => date === '2008-05-01')?.name).toContain(' / ');
    // Substitute days are days off of their own; half days are left out; feasts of several days have a row each.
    const us = publicHolidays({ country: 'US', fromYear: 2026, toYear: 2026, types: ['public'] });
    expect(us.map(({ date }) => date)).toEqual(expect.arrayContaining(['2026-07-03', '2026-07-04']));
    const cn = publicHolidays({ country: 'CN', fromYear: 2026, toYear: 2026, types: ['public'] });
    expect(cn.map(({ date }) => date)).not.toContain('2026-03-08');
    const sa = publicHolidays({ country: 'SA', fromYear: 2026, toYear: 2026, types: ['public'] });
    expect(sa.filter(({ date }) => date.startsWith('2026-03')).length).toBe(4);
  });

  it('is the same on every machine: names and dates of 20 years in ten countries have one order and no repetition', () => {
    for (const country of ['DE', 'US', 'AU', 'IN', 'CA', 'NZ', 'MA', 'IL', 'JP', 'BR']) {
      const all = publicHolidays({ country, fromYear: 2020, toYear: 2029, types: ['public'] });
      expect(new Set(all.map(({ date }) => date)).size).toBe(all.length);
      expect(all.every(({ date }) => date >= '2020-01-01' && date <= '2029-12-31')).toBe(true);
      expect(all.length).toBeGreaterThan(40);
    }
  });

  it('filling twice plans nothing, and never anything about what a person wrote', () => {
    const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, '0')}`);
    const stored = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        date,
        name: fc.constantFrom('a', 'b'),
        origin: fc.constantFrom('HAND' as const, 'SOURCE' as const),
        removed: fc.boolean(),
      }),
      { selector: (one) => one.date },
    );
    const wanted = fc.uniqueArray(fc.record({ date, name: fc.constantFrom('a', 'b') }), {
      selector: (one) => one.date,
    });
    fc.assert(
      fc.property(stored, wanted, (before, source) => {
        const there = before.map((one): StoredHoliday => (one.origin === 'SOURCE' ? { ...one, removed: false } : one));
        const plan = planFill(there, source);
        const touched = [...plan.added, ...plan.renamed].map((one) => one.date).concat(plan.removed);
        expect(there.filter(({ origin, date: on }) => origin === 'HAND' && touched.includes(on))).toEqual([]);
        const names = new Map([...plan.added, ...plan.renamed].map((one) => [one.date, one.name]));
        const after = there
          .filter(({ date: on }) => !plan.removed.includes(on))
          .map((one) => ({ ...one, name: names.get(one.date) ?? one.name }))
          .concat(plan.added.map((one) => ({ ...one, id: 'new', origin: 'SOURCE', removed: false })));
        const again = planFill(after, source);
        expect({ ...again, kept: 0 }).toEqual({ added: [], renamed: [], removed: [], kept: 0 });
        expect(again.kept).toBe(plan.kept);
      }),
      { numRuns: 2000 },
    );
  });

  it('a public holiday on a weekly day off is a holiday, and a list counts only while a site has it', () => {
    const list = { listId: 'l', weeklyOff: [6, 7], from: '2026-05-01', to: '2026-05-03' };
    const holidays = ['2026-05-02', '2026-05-09'].map((date) => ({ listId: 'l', id: date, date, name: 'Feast' }));
    expect(daysOff([list], holidays)).toEqual([
      { id: '2026-05-02', date: '2026-05-02', name: 'Feast', kind: 'PUBLIC' },
      { id: 'l', date: '2026-05-03', name: 'Sunday', kind: 'WEEKLY_OFF' },
    ]);
  });
});

describe('holiday lists', () => {
  it('are made, read, changed, found by name, and deleted while no site has them', async () => {
    const [one, name] = [await newList([7, 6]), `List ${v7()}`];
    const renamed = await hr.send('PATCH', `/api/holidays/${one}`, { body: { name } });
    expect(renamed.body).toEqual({ id: one, name, weeklyOff: [6, 7], version: 2 });
    expect((await hr.send('PATCH', `/api/holidays/${one}`, { body: { name } })).body.version).toBe(2);
    const taken = await hr.send('POST', '/api/holidays', { body: { name: name.toUpperCase() } });
    expect([taken.status, taken.body.code]).toEqual([409, 'name_taken']);
    const employee = await w.person();
    expect((await employee.send('GET', `/api/holidays/${one}`)).body.name).toBe(name);
    expect(
      (await employee.send('GET', '/api/holidays?limit=100')).body.data.map(({ id }: { id: string }) => id),
    ).toContain(one);
    expect((await hr.send('DELETE', `/api/holidays/${one}`)).status).toBe(204);
    expect((await hr.send('GET', `/api/holidays/${one}`)).status).toBe(404);
    expect(await published(one)).toEqual([
      'attendance.holiday-list-created.v1',
      'attendance.holiday-list-updated.v1',
      'attendance.holiday-list-deleted.v1',
    ]);
  });

  it('are made once per key', async () => {
    const body = { name: `List ${v7()}` };
    const headers = { 'idempotency-key': v7() };
    const first = await hr.send('POST', '/api/holidays', { body, headers });
    expect(first.headers.get('location')).toBe(`/api/holidays/${first.body.id}`);
    expect((await hr.send('POST', '/api/holidays', { body, headers })).body).toEqual(first.body);
    const other = await hr.send('POST', '/api/holidays', { body: { name: 'Other' }, headers });
    expect(other.body.code).toBe('idempotency_mismatch');
  });

  it('are filled from their source; filling again changes nothing, and what a person changed stays', async () => {
    const list = await newList();
    expect((await fill(list, bavaria)).body).toEqual({ added: 12, changed: 0, removed: 0, kept: 0 });
    expect((await fill(list, bavaria)).body).toEqual({ added: 0, changed: 0, removed: 0, kept: 0 });
    await put(list, '2026-01-06', 'Three Kings');
    await put(list, '2026-12-24', 'Half the world is off');
    expect((await hr.send('DELETE', `/api/holidays/${list}/days/2026-11-01`)).status).toBe(204);
    expect((await hr.send('DELETE', `/api/holidays/${list}/days/2026-11-01`)).status).toBe(404);
    // Another state: what only the first one had goes, but not what a person touched.
    const berlin = await fill(list, { ...bavaria, state: 'BE', language: 'en' });
    expect(berlin.body).toMatchObject({ added: 1, removed: 1, kept: 0 });
    expect((await fill(list, bavaria)).body).toMatchObject({ kept: 2, removed: 1 });
    const named = new Map((await days(list, '2026-01-01', '2026-12-31')).map((one) => [one.date, one]));
    expect(named.get('2026-01-06')).toMatchObject({ name: 'Three Kings', origin: 'HAND' });
    expect(named.get('2026-12-24')).toMatchObject({ origin: 'HAND', kind: 'PUBLIC' });
    expect(named.has('2026-11-01')).toBe(false);
    expect(named.get('2026-05-01')).toMatchObject({ name: 'Maifeiertag', origin: 'SOURCE' });
    const events = await published(list);
    expect(events.filter((type) => type === 'attendance.holiday-list-filled.v1')).toHaveLength(3);
  });

  it('tell what they can be filled with, and refuse places nobody knows', async () => {
    const countries = (await hr.send('GET', '/api/holidays/places')).body.data;
    expect(countries.find(({ code }: { code: string }) => code === 'DE')).toBeDefined();
    const states = (await hr.send('GET', '/api/holidays/places?country=DE')).body.data;
    expect(states.map(({ code }: { code: string }) => code)).toContain('BY');
    expect((await hr.send('GET', '/api/holidays/places?country=ZZ')).status).toBe(400);
    const list = await newList();
    for (const wrong of [
      { country: 'ZZ' },
      { state: 'nowhere' },
      { region: 'nowhere' },
      { toYear: 2040 },
      { types: [] },
    ])
      expect((await fill(list, { ...bavaria, ...wrong })).status).toBe(400);
    expect((await fill(v7(), bavaria)).status).toBe(404);
  });

  it('of many fillings at once each date is written once', async () => {
    const list = await newList();
    const answers = await Promise.all(Array.from({ length: 10 }, () => fill(list, bavaria)));
    expect(answers.map(({ body }) => body.added).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 12].sort());
    expect((await published(list)).filter((type) => type.includes('filled'))).toHaveLength(1);
  });

  it('are written by hr only, and refuse what makes no sense', async () => {
    const list = await newList();
    for (const role of ['manager', 'employee', 'teacher'] as const) {
      const other = await w.person({ role });
      for (const [method, path, body] of [
        ['POST', '', { name: 'x' }],
        ['PATCH', `/${list}`, { name: 'x' }],
        ['DELETE', `/${list}`, undefined],
        ['PUT', `/${list}/days/2026-01-01`, { name: 'x' }],
        ['DELETE', `/${list}/days/2026-01-01`, undefined],
        ['POST', `/${list}/fill`, bavaria],
        ['PUT', `/sites/${defaultSite}/2026-01-01`, { listId: list }],
        ['DELETE', `/sites/${defaultSite}/2026-01-01`, undefined],
      ] as const)
        expect((await other.send(method, `/api/holidays${path}`, body ? { body } : {})).status).toBe(403);
    }
    const kiosk = await w.kiosk(defaultSite);
    expect((await kiosk.send('GET', '/api/holidays')).status).toBe(403);
    for (const body of [
      { name: '' },
      { name: 'a\u0000' },
      { name: 'a', weeklyOff: [8] },
      { name: 'a', weeklyOff: [1, 1] },
      { name: 'a', x: 1 },
    ])
      expect((await hr.send('POST', '/api/holidays', { body })).status).toBe(400);
    expect((await put(list, '1999-12-31')).status).toBe(400);
    expect((await put(list, '2026-02-30')).status).toBe(400);
    expect((await put(v7(), '2026-01-01')).status).toBe(404);
    expect((await hr.send('GET', `/api/holidays/${list}/days?from=2026-01-01&to=2027-06-01`)).status).toBe(400);
  });
});

describe('a site’s list', () => {
  it('counts from a date on, until the next one; a list a site has is kept', async () => {
    const site = await w.site('Europe/Berlin');
    const [one, two] = [await newList(), await newList()];
    expect((await assign(site, '2026-01-01', one)).status).toBe(204);
    expect((await assign(site, '2026-05-02', two)).status).toBe(204);
    expect((await assign(site, '2026-05-02', two)).status).toBe(204);
    const { body } = await hr.send('GET', `/api/holidays/sites/${site}`);
    expect(body.data.map(({ from, listId }: { from: string; listId: string }) => [from, listId])).toEqual([
      ['2026-01-01', one],
      ['2026-05-02', two],
    ]);
    const refused = await hr.send('DELETE', `/api/holidays/${one}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'in_use']);
    expect((await assign(v7(), '2026-01-01', one)).status).toBe(404);
    expect((await assign(site, '2026-01-01', v7())).status).toBe(404);
    expect((await hr.send('DELETE', `/api/holidays/sites/${site}/2026-05-02`)).status).toBe(204);
    expect((await hr.send('DELETE', `/api/holidays/sites/${site}/2026-05-02`)).status).toBe(404);
    expect((await hr.send('GET', `/api/holidays/sites/${v7()}`)).status).toBe(404);
    const events =
      await w.sql`select type from outbox where payload->'data'->>'siteId' = ${site} and type like '%holiday%'`;
    expect(events).toHaveLength(3);
  });

  it('changes the days of its people, and of nobody else: put, take out, assign, unassign, weekly days off', async () => {
    const [site, elsewhere] = [await w.site('Europe/Berlin'), await w.site('Europe/Berlin')];
    const list = await newList();
    await assign(site, '2026-01-01', list);
    const [ann, bob] = [await worker(site), await worker(elsewhere)];
    const may1 = () => statusOf(ann.actor.id, '2026-05-01');
    expect(await may1()).toBe('PRESENT');
    await put(list, '2026-05-01', 'May Day');
    const queued = await w.sql`select distinct employee_id from day_queue`;
    expect(queued.map((row) => row.employee_id)).toEqual([ann.actor.id]);
    expect(await may1()).toBe('HOLIDAY');
    const day = (await ann.send('GET', '/api/attendance/days?from=2026-05-01&to=2026-05-01')).body.data[0];
    expect(day.flags).toContain('WORK_ON_DAY_OFF');
    // Another name is no other day.
    await put(list, '2026-05-01', 'Labour Day');
    expect(await w.sql`select from day_queue`).toHaveLength(0);
    await hr.send('DELETE', `/api/holidays/${list}/days/2026-05-01`);
    expect(await may1()).toBe('PRESENT');
    await hr.send('PATCH', `/api/holidays/${list}`, { body: { weeklyOff: [5] } });
    expect(await may1()).toBe('WEEKLY_OFF');
    await assign(site, '2026-04-28', null);
    expect(await may1()).toBe('PRESENT');
    await hr.send('DELETE', `/api/holidays/sites/${site}/2026-04-28`);
    expect(await may1()).toBe('WEEKLY_OFF');
    // It was taken out by hand: filling does not bring it back, a person does.
    await fill(list, bavaria);
    expect(await may1()).toBe('WEEKLY_OFF');
    await put(list, '2026-05-01');
    expect(await may1()).toBe('HOLIDAY');
    expect(await statusOf(bob.actor.id, '2026-05-01')).toBe('PRESENT');
  });

  it('follows somebody to another site', async () => {
    const [site, elsewhere] = [await w.site('Europe/Berlin'), await w.site('Europe/Berlin')];
    const list = await newList([5]);
    await assign(elsewhere, '2026-01-01', list);
    const { actor } = await worker(site);
    expect(await statusOf(actor.id, '2026-05-01')).toBe('PRESENT');
    await w.sql`update people set site_id = ${elsewhere} where id = ${actor.id}`;
    expect(await statusOf(actor.id, '2026-05-01')).toBe('WEEKLY_OFF');
  });

  it('a date nobody’s days are near queues nothing', async () => {
    const site = await w.site('Europe/Berlin');
    const list = await newList();
    await assign(site, '2026-01-01', list);
    await worker(site);
    await w.person({ at: site });
    await put(list, '2031-01-01');
    expect(await w.sql`select * from day_queue`).toEqual([]);
  });

  it('stores the same days, to the byte, whether they follow what happens or all is rebuilt', async () => {
    const sites = [await w.site('Europe/Berlin'), await w.site('Pacific/Auckland')];
    const people = await Promise.all(sites.flatMap((at) => [w.person({ at }), w.person({ at })]));
    const list = await newList([6, 7]);
    const type = (await hr.send('POST', '/api/leave/types', { body: { name: `Leave ${v7()}` } })).body.id;
    for (const site of sites) await assign(site, '2026-01-01', list);
    await fill(list, { ...bavaria, fromYear: 2026, toYear: 2026 });
    // Work on some days, far apart, some leave, and the calendar changing in between.
    for (const [n, { actor, send }] of people.entries()) {
      for (const day of ['2026-04-02', '2026-04-22', '2026-05-01', '2026-05-18'].slice(n % 2)) {
        w.clock.set(`${day}T09:00:00Z`);
        await send('POST', '/api/attendance/check-in');
        w.clock.advance({ hours: 6 });
        await send('POST', '/api/attendance/check-out');
        if (n === 1) await drain();
      }
      const body = { typeId: type, from: '2026-05-08', to: '2026-05-26', employeeId: actor.id };
      if (n > 1) expect((await hr.send('POST', '/api/leave/requests', { body })).status).toBe(201);
    }
    await drain();
    await put(list, '2026-04-23', 'Bridge day');
    await hr.send('DELETE', `/api/holidays/${list}/days/2026-05-14`);
    await assign(sites[1] ?? '', '2026-05-11', null);
    await hr.send('PATCH', `/api/holidays/${list}`, { body: { weeklyOff: [7] } });
    w.clock.set('2026-06-20T12:00:00Z');
    await drain();
    const ids = people.map(({ actor }) => actor.id);
    const stored = () =>
      w.sql`select * from attendance_days where employee_id = any(${ids}::uuid[]) order by employee_id, date`;
    const incremental = await stored();
    expect(incremental.some(({ status }) => status === 'WEEKLY_OFF')).toBe(true);
    expect(incremental.some(({ status }) => status === 'HOLIDAY')).toBe(true);
    for (let round = 0; round < 2; round++) {
      await rebuildDays(w.deps);
      expect(await stored()).toEqual(incremental);
    }
  });
});
