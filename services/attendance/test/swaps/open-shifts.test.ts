import { eventSchemas } from '@muster/contracts';
import { requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';
import { eventsOf, onLeave, publish, rosterOf, shiftType } from '../rosters/fixture.ts';

let w: World;
let site: string;
let [early, night] = ['', ''];
let hr: Client;
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
  site = await w.site('Europe/Berlin');
  early = await shiftType(w.sql, { name: 'Early', start: '06:00', end: '14:00' });
  night = await shiftType(w.sql, { name: 'Night', start: '22:00', end: '06:00' });
  hr = await w.person({ role: 'hr' });
});
afterAll(() => w.drop());

const path = '/api/rosters/open-shifts';
const post = (o: Record<string, unknown> = {}, who = hr) =>
  who.send('POST', path, { body: { siteId: site, date: '2026-03-28', shiftId: night, places: 1, ...o } });
const posted = async (o: Record<string, unknown> = {}): Promise<string> => {
  const { status, body } = await post(o);
  expect(status).toBe(201);
  return body.id;
};
const pickUp = (who: Client, id: string) => who.send('POST', `${path}/${id}/picks`);
const giveBack = (who: Client, id: string) => who.send('POST', `${path}/${id}/give-back`);
const decide = (who: Client, id: string, { actor }: Client, verb: 'approve' | 'refuse') =>
  who.send('POST', `${path}/${id}/picks/${actor.id}/${verb}`);
const free = async (id: string): Promise<number> => (await hr.send('GET', `${path}/${id}`)).body.free;
const roster = ({ actor }: Client) => rosterOf(w.sql, actor.id, '2026-03-20', '2026-04-20');
const worker = () => w.person({ at: site });
const told = async (id: string) =>
  (await eventsOf(w.sql, 'attendance.open-shift-%'))
    .filter(({ data }) => data.openShiftId === id)
    .map(({ type, data }) => [type.slice('attendance.open-shift-'.length, -3), data.employeeId]);
const statusesOf = (answers: { status: number }[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([s, all]) => [s, all?.length]),
  );

const toldOf = async (id: string): Promise<string[][]> =>
  (await eventsOf(w.sql, 'attendance.open-shift-posted.v1'))
    .filter(({ data }) => data.openShiftId === id)
    .map(({ type, data }) => {
      eventSchemas[type as keyof typeof eventSchemas].parse(data);
      return data.employeeIds as string[];
    });

describe('a posted shift is told', () => {
  it('to the people of its site who may pick it up, and to nobody else', async () => {
    const there = await w.site('Europe/Berlin');
    const [ann, boss] = [await w.person({ at: there }), await w.person({ role: 'manager', at: there })];
    const [away, asked, busy, gone, later] = await Promise.all(
      Array.from({ length: 5 }, () => w.person({ at: there })),
    );
    const evening = await shiftType(w.sql, { start: '15:00', end: '23:00' });
    await onLeave(w.sql, away?.actor.id ?? '', '2026-03-28');
    await onLeave(w.sql, asked?.actor.id ?? '', '2026-03-28', false);
    await publish(w.sql, busy?.actor.id ?? '', '2026-03-28', [evening]);
    await w.sql`update people set status = 'deleted' where id = ${gone?.actor.id ?? ''}`;
    await w.sql`update people set hired_on = '2026-03-29' where id = ${later?.actor.id ?? ''}`;
    await publish(w.sql, ann.actor.id, '2026-03-28', [early]);
    await w.person({ at: site });
    const { status, body } = await post({ siteId: there }, boss);
    expect(status).toBe(201);
    expect(await toldOf(body.id)).toEqual([[ann.actor.id, asked?.actor.id].sort()]);
    for (const who of [away, asked]) await pickUp(who as Client, body.id);
    expect(await free(body.id)).toBe(0);
  });

  it('a thousand people an event, and nobody where nobody works', async () => {
    const [big, empty] = [await w.site('Europe/Berlin'), await w.site('Europe/Berlin')];
    await w.sql`
      insert into people (id, name, role, site_id, status, version)
      select gen_random_uuid(), 'n', 'employee', ${big}, 'active', 1 from generate_series(1, 2001)`;
    const groups = await toldOf(await posted({ siteId: big }));
    expect(groups.map((ids) => ids.length)).toEqual([1000, 1000, 1]);
    expect(new Set(groups.flat()).size).toBe(2001);
    expect(await toldOf(await posted({ siteId: empty }))).toEqual([[]]);
  });
});

describe('an open shift', () => {
  it('is posted, picked up into the roster, and given back', async () => {
    const answer = await post({ places: 2, note: 'fair at the hall' });
    const { id } = answer.body;
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `${path}/${id}`]);
    expect(answer.body).toMatchObject({
      ...{ name: 'Night', zone: 'Europe/Berlin', places: 2, free: 2, mine: null, status: 'OPEN', version: 1 },
      // The night the clocks go forward: seven hours.
      ...{ startsAt: '2026-03-28T21:00:00.000Z', endsAt: '2026-03-29T04:00:00.000Z' },
      giveBackUntil: '2026-03-28T21:00:00.000Z',
    });
    const ann = await worker();
    await w.sql`delete from day_queue`;
    const picked = await pickUp(ann, id);
    expect([picked.status, picked.body.status]).toEqual([201, 'TAKEN']);
    expect(await roster(ann)).toEqual([`2026-03-28 ${night}`]);
    expect((await ann.send('GET', `${path}/${id}`)).body).toMatchObject({ free: 1, mine: 'TAKEN', version: 2 });
    expect((await pickUp(ann, id)).status).toBe(409);
    expect((await giveBack(ann, id)).body.status).toBe('GIVEN_BACK');
    expect(await roster(ann)).toEqual([]);
    expect((await giveBack(ann, id)).status).toBe(404);
    expect(await free(id)).toBe(2);
    expect((await pickUp(ann, id)).status).toBe(201);
    expect(await told(id)).toEqual([
      ['posted', undefined],
      ['picked', ann.actor.id],
      ['given-back', ann.actor.id],
      ['picked', ann.actor.id],
    ]);
    expect((await w.sql`select site_id from headcount_queue`).map((row) => row.site_id)).toContain(site);
    const { body } = await hr.send('GET', `${path}/${id}/picks`);
    expect(body.data.map((one: { status: string }) => one.status)).toEqual(['GIVEN_BACK', 'TAKEN']);
  });

  it('joins a split shift, and leaves it alone when it is given back', async () => {
    const id = await posted();
    const ann = await worker();
    await publish(w.sql, ann.actor.id, '2026-03-28', [early]);
    await pickUp(ann, id);
    expect(new Set(await roster(ann))).toEqual(new Set([`2026-03-28 ${early}`, `2026-03-28 ${night}`]));
    await giveBack(ann, id);
    expect(await roster(ann)).toEqual([`2026-03-28 ${early}`]);
  });

  it('that needs approval holds the place; the manager’s word puts it into the roster, or frees it', async () => {
    const boss = await w.person({ role: 'manager', at: site });
    const [ann, bob, cat] = [await worker(), await worker(), await worker()];
    const id = await posted({ places: 2, needsApproval: true });
    expect((await pickUp(ann, id)).body.status).toBe('WAITING');
    expect((await pickUp(bob, id)).status).toBe(201);
    expect((await pickUp(cat, id)).status).toBe(409);
    expect(await roster(ann)).toEqual([]);
    expect((await decide(boss, id, ann, 'approve')).body.status).toBe('TAKEN');
    expect(await roster(ann)).toEqual([`2026-03-28 ${night}`]);
    expect((await decide(boss, id, bob, 'refuse')).body.status).toBe('REFUSED');
    expect(await free(id)).toBe(1);
    for (const verb of ['approve', 'refuse'] as const) expect((await decide(boss, id, bob, verb)).status).toBe(409);
    expect((await decide(boss, id, cat, 'approve')).status).toBe(404);
    expect((await pickUp(cat, id)).status).toBe(201);
    expect((await giveBack(cat, id)).body.status).toBe('GIVEN_BACK');
    expect((await told(id)).map(([what]) => what)).toEqual([
      ...['posted', 'asked', 'asked', 'approved', 'refused', 'asked', 'given-back'],
    ]);
    // Nobody decides about their own.
    await pickUp(boss, id);
    expect((await decide(boss, id, boss, 'approve')).status).toBe(403);
    expect((await decide(hr, id, boss, 'approve')).status).toBe(200);
  });

  it('is repeated safely, and its rules are checked', async () => {
    const headers = { 'idempotency-key': 'open-1' };
    const body = { siteId: site, date: '2026-03-28', shiftId: night, places: 1 };
    const [one, two] = [await hr.send('POST', path, { body, headers }), await hr.send('POST', path, { body, headers })];
    expect(two.body).toEqual(one.body);
    expect((await hr.send('POST', path, { body: { ...body, places: 2 }, headers })).status).toBe(422);
    const retired = await shiftType(w.sql);
    await w.sql`update shift_types set retired_at = now() where id = ${retired}`;
    const statuses = [
      await post({ shiftId: retired }),
      await post({ date: '2026-03-20', shiftId: early }),
      await post({ siteId: v7() }),
      await post({ shiftId: v7() }),
      await post({ places: 0 }),
      await post({ giveBackUntil: '2026-03-28T21:00:00.001Z' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 409, 404, 404, 400, 400]);
  });

  it('closed takes nobody more, and whoever is in stays', async () => {
    const id = await posted({ places: 3 });
    const [ann, bob] = [await worker(), await worker()];
    await pickUp(ann, id);
    for (const _ of [1, 2]) expect((await hr.send('POST', `${path}/${id}/close`)).body.status).toBe('CLOSED');
    expect((await pickUp(bob, id)).status).toBe(409);
    expect(await roster(ann)).toEqual([`2026-03-28 ${night}`]);
    expect((await told(id)).filter(([what]) => what === 'closed')).toHaveLength(1);
  });
});

describe('refused', () => {
  it('a shift that would overlap, on either side of midnight', async () => {
    const long = await shiftType(w.sql, { start: '23:00', end: '07:00' });
    for (const [date, shifts, status] of [
      ['2026-03-28', [long], 409],
      ['2026-03-29', [early], 201],
      ['2026-03-27', [long], 201],
    ] as const) {
      const id = await posted();
      const ann = await worker();
      await publish(w.sql, ann.actor.id, date, [...shifts]);
      expect([date, (await pickUp(ann, id)).status]).toEqual([date, status]);
      expect(await free(id)).toBe(status === 201 ? 0 : 1);
    }
    const id = await posted({ shiftId: long });
    const ann = await worker();
    await publish(w.sql, ann.actor.id, '2026-03-29', [early]);
    expect((await pickUp(ann, id)).status).toBe(409);
  });

  it('while it waited an overlap came up: the manager cannot agree', async () => {
    const id = await posted({ needsApproval: true });
    const ann = await worker();
    await pickUp(ann, id);
    const long = await shiftType(w.sql, { start: '21:00', end: '23:00' });
    await publish(w.sql, ann.actor.id, '2026-03-28', [long]);
    expect((await decide(hr, id, ann, 'approve')).status).toBe(409);
    expect(await roster(ann)).toEqual([`2026-03-28 ${long}`]);
  });

  it('on leave, not employed, after the beginning, and when its times have changed', async () => {
    const ann = await worker();
    const id = await posted();
    const { daySources } = w.deps;
    const away = await worker();
    await onLeave(w.sql, away.actor.id, '2026-03-28');
    expect((await pickUp(away, id)).status).toBe(409);
    await onLeave(w.sql, ann.actor.id, '2026-03-28', false);
    for (const more of [{ joinedOn: '2026-03-29' }, { leftOn: '2026-03-27' }]) {
      w.deps.daySources = async (...asked) =>
        new Map([...(await daySources(...asked))].map(([who, context]) => [who, { ...context, ...more }]));
      expect((await pickUp(ann, id)).status).toBe(409);
    }
    w.deps.daySources = daySources;
    const now = w.clock.now();
    w.clock.set('2026-03-28T21:00:00Z');
    expect((await pickUp(ann, id)).status).toBe(409);
    w.clock.set('2026-03-28T20:59:59.999Z');
    expect((await pickUp(ann, id)).status).toBe(201);
    w.clock.set('2026-03-28T21:00:00Z');
    expect((await giveBack(ann, id)).status).toBe(409);
    w.clock.set(now.toString());

    const moved = await shiftType(w.sql, { start: '08:00', end: '12:00' });
    const other = await posted({ shiftId: moved, date: '2026-04-01' });
    await w.sql`update shift_type_versions set definition = jsonb_set(definition, '{start}', '"09:00"') where shift_type_id = ${moved}`;
    expect((await pickUp(ann, other)).status).toBe(409);
  });

  it('giving back after the deadline', async () => {
    const id = await posted({ giveBackUntil: '2026-03-27T12:00:00Z' });
    const ann = await worker();
    await pickUp(ann, id);
    const now = w.clock.now();
    w.clock.set('2026-03-27T12:00:00Z');
    expect((await giveBack(ann, id)).status).toBe(409);
    w.clock.set('2026-03-27T11:59:59.999Z');
    expect((await giveBack(ann, id)).status).toBe(200);
    w.clock.set(now.toString());
  });

  it('giving back what went on to somebody else', async () => {
    const id = await posted();
    const ann = await worker();
    await pickUp(ann, id);
    await publish(w.sql, ann.actor.id, '2026-03-28', []);
    expect((await giveBack(ann, id)).status).toBe(409);
    expect(await free(id)).toBe(0);
  });
});

describe('who may', () => {
  it('people of the site, for the site; what is elsewhere does not exist', async () => {
    const elsewhere = await w.site('Asia/Kolkata');
    const id = await posted();
    const [ann, far] = [await worker(), await w.person({ at: elsewhere })];
    const [boss, farBoss] = [
      await w.person({ role: 'manager', at: site }),
      await w.person({ role: 'manager', at: elsewhere }),
    ];
    const unknown = await w.person();
    for (const who of [far, farBoss, unknown]) {
      expect((await who.send('GET', `${path}/${id}`)).status).toBe(404);
      expect((await who.send('GET', path)).body.data.map((one: { id: string }) => one.id)).not.toContain(id);
      expect((await who.send('GET', `${path}?siteId=${site}`)).body.data).toEqual([]);
      expect((await pickUp(who, id)).status).toBe(404);
    }
    // They see everything, and are no people of the site.
    expect((await pickUp(hr, id)).status).toBe(404);
    for (const who of [ann, boss, hr])
      expect((await who.send('GET', `${path}?limit=100`)).body.data.map((one: { id: string }) => one.id)).toContain(id);
    expect((await post({}, boss)).status).toBe(201);
    expect((await post({}, farBoss)).status).toBe(404);
    expect((await post({}, ann)).status).toBe(403);
    for (const [who, status] of [
      [ann, 403],
      [far, 403],
      [farBoss, 404],
      [boss, 200],
    ] as const) {
      expect((await who.send('GET', `${path}/${id}/picks`)).status).toBe(status);
      expect((await who.send('POST', `${path}/${id}/close`)).status).toBe(status);
    }
    const kiosk = await w.kiosk(site);
    expect([(await kiosk.send('GET', path)).status, (await pickUp(kiosk, id)).status]).toEqual([403, 403]);
  });

  it('list: newest first, by cursor, narrowed', async () => {
    const here = await w.site('Europe/Berlin');
    const ids: string[] = [];
    for (const date of ['2026-04-01', '2026-04-02', '2026-04-03']) ids.unshift(await posted({ siteId: here, date }));
    const ann = await w.person({ at: here });
    await pickUp(ann, ids[1] ?? '');
    const list = async (query: string) => {
      const { body } = await ann.send('GET', `${path}?${query}`);
      return [body.data.map((one: { id: string; mine: string }) => [one.id, one.mine]), body.meta.nextCursor];
    };
    const [third, second, first] = [
      [ids[0], null],
      [ids[1], 'TAKEN'],
      [ids[2], null],
    ];
    expect(await list('limit=2')).toEqual([[third, second], ids[1]]);
    expect(await list(`limit=2&cursor=${ids[1]}`)).toEqual([[first], null]);
    expect(await list('from=2026-04-02&to=2026-04-02')).toEqual([[second], null]);
    expect(await list('status=CLOSED')).toEqual([[], null]);
  });
});

describe('together', () => {
  it('60 people over two processes want 7 places: 7 get one, and their rosters say so', async () => {
    const id = await posted({ places: 7 });
    const people = await Promise.all(Array.from({ length: 60 }, worker));
    const second = w.another();
    const answers = await Promise.all(
      people.map(async ({ actor }, i) =>
        requestJson(i % 2 ? w.app : second, 'POST', `${path}/${id}/picks`, { token: await tokenFor(actor) }),
      ),
    );
    expect(statusesOf(answers)).toEqual({ 201: 7, 409: 53 });
    const rosters = await Promise.all(people.map(roster));
    expect(rosters.map((one) => one.length)).toEqual(answers.map(({ status }) => (status === 201 ? 1 : 0)));
    expect(await free(id)).toBe(0);
    expect((await told(id)).filter(([what]) => what === 'picked')).toHaveLength(7);
  });

  it('one person wants it 20 times: once', async () => {
    const id = await posted({ places: 20 });
    const ann = await worker();
    expect(statusesOf(await Promise.all(Array.from({ length: 20 }, () => pickUp(ann, id))))).toEqual({
      201: 1,
      409: 19,
    });
    expect(await free(id)).toBe(19);
  });

  it('one person wants ten shifts at the same time: one', async () => {
    const starts = Array.from({ length: 10 }, (_, i) => `1${i}:00`);
    const ids = await Promise.all(
      starts.map(async (start) => posted({ shiftId: await shiftType(w.sql, { start, end: '23:00' }) })),
    );
    const ann = await worker();
    const answers = await Promise.all(ids.map((id) => pickUp(ann, id)));
    expect(statusesOf(answers)).toEqual({ 201: 1, 409: 9 });
    expect(await roster(ann)).toHaveLength(1);
    expect((await Promise.all(ids.map(free))).sort()).toEqual([0, ...Array(9).fill(1)]);
  });

  it('twenty managers decide one pick, each his way: one does', async () => {
    const id = await posted({ needsApproval: true });
    const ann = await worker();
    await pickUp(ann, id);
    const bosses = await Promise.all(Array.from({ length: 20 }, () => w.person({ role: 'hr' })));
    const answers = await Promise.all(bosses.map((who, i) => decide(who, id, ann, i % 2 ? 'approve' : 'refuse')));
    expect(statusesOf(answers)).toEqual({ 200: 1, 409: 19 });
    const winner = answers.find(({ status }) => status === 200)?.body.status;
    expect([await roster(ann), await free(id)]).toEqual(winner === 'TAKEN' ? [[`2026-03-28 ${night}`], 0] : [[], 1]);
  });

  it('a place that is given back twenty times is free once', async () => {
    const id = await posted({ places: 3 });
    const [ann, bob] = [await worker(), await worker()];
    await pickUp(ann, id);
    await pickUp(bob, id);
    expect(statusesOf(await Promise.all(Array.from({ length: 20 }, () => giveBack(ann, id))))).toEqual({
      200: 1,
      404: 19,
    });
    expect(await free(id)).toBe(2);
  });
});
