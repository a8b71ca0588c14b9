import type { PersonSnapshot } from '@muster/contracts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPerson } from '../../src/verbs/project-person.ts';
import { projectSite } from '../../src/verbs/project-site.ts';
import { keepInstants } from '../../src/verbs/rosters/keep-instants.ts';
import { type Client, createWorld, type World } from '../harness.ts';

let w: World;
let hr: Client;
let shiftTypeId: string;
const today = Temporal.Now.plainDateISO('UTC');
const day = (n: number): string => today.add({ days: n }).toString();
beforeAll(async () => {
  // The database's clock says from when on a plan follows.
  w = await createWorld({ now: `${today}T12:00:00Z` });
  hr = await w.person({ role: 'hr' });
  const body = { name: 'Day', start: '08:00', end: '16:00' };
  shiftTypeId = (await hr.send('POST', '/api/shifts', { body })).body.id;
});
afterAll(() => w.drop());

const assign = async (employeeId: string, o: object) => {
  const body = { employeeId, shiftTypeId, ...o };
  const { status, body: made } = await hr.send('POST', '/api/rosters/assignments', { body });
  expect(status).toBe(201);
  return made;
};
const stretches = async (employeeId: string) =>
  (
    await w.sql`select from_date, to_date, zone from shift_assignments where employee_id = ${employeeId}
    order by from_date`
  ).map((one) => [one.from_date, one.to_date, one.zone]);
const startsOf = async (employeeId: string, date: string) =>
  (await hr.send('GET', `/api/rosters?employeeId=${employeeId}&from=${date}&to=${date}`)).body.data[0].shifts.map(
    (one: { startsAt: string }) => one.startsAt.slice(11, 16),
  );
const moved = async (employeeId: string, siteId: string, version = 2) => {
  const after = {
    name: 'Mover',
    role: 'employee',
    department: null,
    siteId,
    managerId: null,
    status: 'active',
    workId: null,
    hiredOn: null,
  } as unknown as PersonSnapshot;
  await projectPerson(w.sql, { id: v7(), version, employeeId, after, occurredAt: `${today}T12:00:00Z` });
};

describe('a plan follows', () => {
  it('whoever works in another zone from now on; days behind stay what they were', async () => {
    const [from, to] = [await w.site('Europe/Berlin'), await w.site('Asia/Kolkata')];
    const { actor } = await w.person({ at: from });
    await assign(actor.id, { from: day(-30) });
    await assign(actor.id, { kind: 'DEFAULT', from: day(10), to: day(20) });
    await w.sql`delete from headcount_queue`;
    await moved(actor.id, to);
    const here = Temporal.Now.plainDateISO('Asia/Kolkata');
    expect(await stretches(actor.id)).toEqual([
      [day(-30), here.subtract({ days: 1 }).toString(), 'Europe/Berlin'],
      [here.toString(), null, 'Asia/Kolkata'],
      [day(10), day(20), 'Asia/Kolkata'],
    ]);
    expect(await startsOf(actor.id, here.add({ days: 1 }).toString())).toEqual(['02:30']);
    const queued = await w.sql`select distinct site_id from headcount_queue`;
    expect(queued.map((one) => one.site_id).sort()).toEqual([from, to].sort());
    const [days] = await w.sql`select max(from_date) as from_date from day_queue where employee_id = ${actor.id}`;
    expect(days?.from_date).toBe(here.subtract({ days: 1 }).toString());
    // The same again changes nothing.
    await moved(actor.id, to, 3);
    expect(await stretches(actor.id)).toHaveLength(3);
  });
  it('nobody who only got another name', async () => {
    const site = await w.site('Europe/Berlin');
    const { actor } = await w.person({ at: site });
    await assign(actor.id, { from: day(-30) });
    await w.sql`delete from headcount_queue`;
    await moved(actor.id, site);
    expect(await stretches(actor.id)).toEqual([[day(-30), null, 'Europe/Berlin']]);
    expect(await w.sql`select from headcount_queue`).toHaveLength(0);
  });
  it('a site that has another zone, published days too', async () => {
    const site = await w.site('Europe/Berlin');
    const { actor } = await w.person({ at: site });
    await assign(actor.id, { from: day(5) });
    const draft = await hr.send('POST', '/api/rosters/drafts', { body: { siteId: site, from: day(-3), to: day(9) } });
    const entries = [-3, 9].map((n) => ({ employeeId: actor.id, date: day(n), shiftTypeIds: [shiftTypeId] }));
    await hr.send('PUT', `/api/rosters/drafts/${draft.body.id}/entries`, { body: { entries } });
    expect((await hr.send('POST', `/api/rosters/drafts/${draft.body.id}/publish`)).status).toBe(200);
    const snapshot = { name: 'Site', zone: 'Asia/Kolkata', geofence: null, ipAllowList: [] };
    await projectSite(w.sql, { id: v7(), version: 2, siteId: site, site: snapshot, deleted: false });
    expect(await stretches(actor.id)).toEqual([[day(5), null, 'Asia/Kolkata']]);
    expect(await startsOf(actor.id, day(9))).toEqual(['02:30']);
    expect(await startsOf(actor.id, day(-3))).not.toEqual(['02:30']);
  });
});

describe('a newer time-zone database', () => {
  it('names every future shift it moves, and whose, until that is noted', async () => {
    const site = await w.site('Africa/Casablanca');
    const [a, b, c] = [await w.person({ at: site }), await w.person({ at: site }), await w.person({ at: site })];
    for (const { actor } of [a, b]) await assign(actor.id, { from: day(1) });
    await assign(c.actor.id, { from: day(1), to: day(2) });
    await keepInstants(w.deps);
    await keepInstants(w.deps);
    const all = () => hr.send('GET', '/api/rosters/moved?limit=1').then(({ body }) => body);
    expect(await all()).toEqual({ data: [], meta: { nextCursor: null } });
    // What an older database believed of one day.
    await w.sql`update planned_instants set starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour'
      where zone = 'Africa/Casablanca' and date = ${day(7)}`;
    const data = [];
    let cursor = '';
    do {
      const { body } = await hr.send('GET', `/api/rosters/moved?limit=1${cursor && `&cursor=${cursor}`}`);
      data.push(...body.data);
      cursor = body.meta.nextCursor ?? '';
    } while (cursor !== '');
    expect(data.map(({ employeeId, date }) => [employeeId, date])).toEqual(
      [a, b].map(({ actor }) => [actor.id, day(7)]).sort(),
    );
    const [one] = data;
    expect(Date.parse(one.startsAt) - Date.parse(one.wasStartsAt)).toBe(3_600_000);
    expect(Date.parse(one.endsAt) - Date.parse(one.wasEndsAt)).toBe(3_600_000);
    expect((await hr.send('POST', '/api/rosters/moved/accept')).status).toBe(204);
    expect((await all()).data).toEqual([]);
    expect((await a.send('GET', '/api/rosters/moved')).status).toBe(403);
    expect((await a.send('POST', '/api/rosters/moved/accept')).status).toBe(403);
  });
});
