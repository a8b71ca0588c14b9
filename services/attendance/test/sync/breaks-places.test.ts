import { eventSchemas } from '@muster/contracts';
import { punchAnswer, siteSettings } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isInRanges } from '../../src/address-list.ts';
import { defaultSiteSettings, distanceM, judgePlace, type PlaceRules } from '../../src/domain/sync/place-rules.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';

const start = '2026-11-20T09:00:00.000Z';
let world: World;
let berlin: string;
let hr: Client;
beforeAll(async () => {
  world = await createWorld({ now: start });
  berlin = await world.site('Europe/Berlin');
  hr = await world.person({ role: 'hr', at: berlin });
});
afterAll(() => world.drop());
afterEach(() => world.clock.set(start));

const pause = (who: Client, what: 'start' | 'end', o: object = {}) =>
  who.send('POST', `/api/attendance/breaks/${what}`, o);
const told = async (who: Client): Promise<string[]> =>
  (await world.sql`select type from outbox where payload->'data'->>'employeeId' = ${who.actor.id} order by seq`).map(
    ({ type }) => type.replace(/^attendance\.|\.v1$/g, ''),
  );
const today = async (who: Client) => (await who.send('GET', '/api/attendance/today')).body;

describe('breaks', () => {
  it('begin and end in the open session, are facts and are told', async () => {
    const ann = await world.person({ at: berlin });
    expect(await pause(ann, 'start')).toMatchObject({ status: 409, body: { code: 'not_checked_in' } });
    await checkIn(ann);
    expect(await pause(ann, 'end')).toMatchObject({ status: 409, body: { code: 'not_on_break' } });
    world.clock.advance({ hours: 2 });
    const begun = await pause(ann, 'start', { body: { source: 'mobile' } });
    expect(begun).toMatchObject({ status: 201, body: { onBreak: true, onBreakSince: '2026-11-20T11:00:00.000Z' } });
    expect(punchAnswer.parse(begun.body)).toEqual(begun.body);
    expect(begun.headers.get('location')).toBe(`/api/attendance/${begun.body.id}`);
    expect(await pause(ann, 'start')).toMatchObject({ status: 409, body: { code: 'already_on_break' } });
    expect(await today(ann)).toMatchObject({ onBreak: true, status: 'open' });
    world.clock.advance({ minutes: 30 });
    expect(await pause(ann, 'end')).toMatchObject({ status: 201, body: { onBreak: false, onBreakSince: null } });
    expect(await told(ann)).toEqual(['checked-in', 'break-started', 'break-ended']);
    const [row] =
      await world.sql`select payload->'data' as data from outbox where type = 'attendance.break-ended.v1' and payload->'data'->>'employeeId' = ${ann.actor.id}`;
    expect(eventSchemas['attendance.break-ended.v1'].parse(row?.data)).toMatchObject({
      startedAt: '2026-11-20T11:00:00.000Z',
      at: '2026-11-20T11:30:00.000Z',
    });
    const facts =
      await world.sql`select type, source from punches where employee_id = ${ann.actor.id} order by occurred_at`;
    expect(facts).toMatchObject([{ type: 'IN' }, { type: 'BREAK_START', source: 'mobile' }, { type: 'BREAK_END' }]);
  });

  it('end with the check-out', async () => {
    const ann = await world.person({ at: berlin });
    await checkIn(ann);
    await pause(ann, 'start');
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { onBreak: false } });
    await checkIn(ann);
    expect((await today(ann)).onBreak).toBe(false);
    expect((await pause(ann, 'end')).body.code).toBe('not_on_break');
  });

  it('of a hundred at once one begins, over two processes', async () => {
    const ann = await world.person({ at: berlin });
    await checkIn(ann);
    const token = await tokenFor(ann.actor);
    const apps = [world.app, world.another()] as const;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        requestJson(apps[i % 2] ?? world.app, 'POST', '/api/attendance/breaks/start', { token }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
    const facts = await world.sql`select 1 from punches where employee_id = ${ann.actor.id} and type = 'BREAK_START'`;
    expect(facts).toHaveLength(1);
  });

  it('a retry by its key is the same break; the key for something else is refused', async () => {
    const ann = await world.person({ at: berlin });
    await checkIn(ann);
    const headers = { 'idempotency-key': 'pause-1' };
    const first = await pause(ann, 'start', { headers });
    expect(await pause(ann, 'start', { headers })).toMatchObject({ status: 201, body: first.body });
    expect(await pause(ann, 'end', { headers })).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await world.sql`select 1 from punches where employee_id = ${ann.actor.id}`).toHaveLength(2);
  });

  it('at a kiosk are of whoever says who they are', async () => {
    const ann = await world.person({ at: berlin });
    const gate = await world.kiosk(berlin);
    await ann.send('PUT', '/api/attendance/pin', { body: { pin: '803914' } });
    await checkIn(ann);
    const body = { employeeId: ann.actor.id, pin: '803914' };
    expect(await pause(gate, 'start', { body })).toMatchObject({
      status: 201,
      body: { employeeId: ann.actor.id, onBreak: true },
    });
    expect(await pause(gate, 'end', { body: { ...body, pin: '803915' } })).toMatchObject({
      status: 403,
      body: { code: 'wrong_pin' },
    });
    expect(await pause(gate, 'end')).toMatchObject({ status: 403 });
    expect((await requestJson(world.app, 'POST', '/api/attendance/breaks/start')).status).toBe(401);
    await world.sql`update people set status = 'deleted' where id = ${ann.actor.id}`;
    expect(await pause(ann, 'end')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

const centre = { latitude: 52.52, longitude: 13.405 };
const rules = (more: Partial<PlaceRules> = {}): PlaceRules => ({
  ...defaultSiteSettings,
  fence: { ...centre, radiusM: 100 },
  addresses: [],
  ...more,
});
/** So many metres north of the centre. */
const north = (metres: number) => ({ ...centre, latitude: centre.latitude + (metres / 6_371_008.8) * (180 / Math.PI) });

describe('a place', () => {
  it('is as far as the chord and the arc of an independent formula say', () => {
    const degree = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(degree, degree, degree, degree, (a, b, c, d) => {
        const one = { latitude: a * 90, longitude: b * 180 };
        const other = { latitude: c * 90, longitude: d * 180 };
        const unit = ({ latitude, longitude }: typeof one) => {
          const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
          return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
        };
        const [p, q] = [unit(one), unit(other)];
        const chord = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
        const arc = 2 * 6_371_008.8 * Math.asin(Math.min(1, chord / 2));
        expect(Math.abs(distanceM(one, other) - arc)).toBeLessThan(2);
      }),
      { numRuns: 5000 },
    );
  });

  it.each<[string, PlaceRules, Parameters<typeof judgePlace>[1], string[], string | null]>([
    ['on the fence is inside', rules(), north(99.999), [], null],
    ['past it is marked', rules(), north(100.01), ['OUTSIDE_GEOFENCE'], null],
    ['within its accuracy is inside', rules(), { ...north(149.99), accuracyM: 50 }, [], null],
    ['past its accuracy is not', rules(), { ...north(150.01), accuracyM: 50 }, ['OUTSIDE_GEOFENCE'], null],
    ['outside may be refused', rules({ geofence: 'refuse' }), north(200), ['OUTSIDE_GEOFENCE'], 'outside_geofence'],
    ['outside may mean nothing', rules({ geofence: 'off' }), north(200), [], null],
    ['missing is marked', rules(), {}, ['NO_PLACE'], null],
    ['missing may be refused', rules({ missingPlace: 'refuse' }), {}, ['NO_PLACE'], 'outside_geofence'],
    ['missing may mean nothing', rules({ missingPlace: 'off' }), {}, [], null],
    ['is none a kiosk has to say', rules({ missingPlace: 'refuse' }), { atKiosk: true }, [], null],
    ['without a fence is anywhere', rules({ fence: null }), {}, [], null],
    ['of radius 0 is no fence', rules({ fence: { ...centre, radiusM: 0 } }), north(5000), [], null],
    ['of another address is marked', rules({ fence: null }), { fromSite: false }, ['IP_NOT_ALLOWED'], null],
    [
      'of another address may be refused',
      rules({ fence: null, ipAllowList: 'refuse' }),
      { fromSite: false },
      ['IP_NOT_ALLOWED'],
      'ip_not_allowed',
    ],
    ['of an address of the site is right', rules({ fence: null, ipAllowList: 'refuse' }), { fromSite: true }, [], null],
  ])('%s', (_what, by, place, flags, refused) => {
    expect(judgePlace(by, place)).toEqual({ flags, refused });
  });

  it.each<[string, string[], boolean]>([
    ['10.0.0.0', ['10.0.0.0/24'], true],
    ['10.0.0.255', ['10.0.0.0/24'], true],
    ['10.0.1.0', ['10.0.0.0/24'], false],
    ['192.0.2.7', ['192.0.2.7'], true],
    ['::ffff:192.0.2.7', ['192.0.2.7'], true],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32'], false],
    ['2001:db8::1', ['10.0.0.0/8'], false],
    ['nonsense', ['0.0.0.0/0'], false],
  ])('address %s in %j: %s', (address, ranges, expected) => {
    expect(isInRanges(ranges, address)).toBe(expected);
  });
});

describe('a site', () => {
  const fenced = async (settings?: object, addresses: string[] = []) => {
    const site = await world.site('Europe/Berlin');
    await world.sql`update sites set geofence = ${JSON.stringify({ ...centre, radiusM: 100 })}::text::jsonb, ip_allow_list = ${addresses} where id = ${site}`;
    if (settings)
      expect(
        (
          await hr.send('PUT', `/api/attendance/site-settings/${site}`, {
            body: { ...defaultSiteSettings, ...settings },
          })
        ).status,
      ).toBe(200);
    return { site, ann: await world.person({ at: site }) };
  };

  it('marks what is not where it should be, on the session, the list and the fact', async () => {
    const { ann } = await fenced();
    expect((await checkIn(ann, { body: north(500) })).body).toMatchObject({ flags: ['OUTSIDE_GEOFENCE'] });
    expect((await pause(ann, 'start')).status).toBe(201);
    expect((await checkOut(ann)).body).toMatchObject({ flags: ['NO_PLACE', 'OUTSIDE_GEOFENCE'] });
    const { data } = (await ann.send('GET', '/api/attendance')).body;
    expect(data[0].flags).toEqual(['NO_PLACE', 'OUTSIDE_GEOFENCE']);
    const facts = await world.sql`select flags from punches where employee_id = ${ann.actor.id} order by id`;
    expect(facts.map(({ flags }) => flags)).toEqual([['OUTSIDE_GEOFENCE'], ['NO_PLACE'], ['NO_PLACE']]);
  });

  it('refuses where it says so, at every punch, and nothing is stored', async () => {
    const { ann } = await fenced({ geofence: 'refuse' });
    expect(await checkIn(ann, { body: north(500) })).toMatchObject({ status: 403, body: { code: 'outside_geofence' } });
    const headers = { 'idempotency-key': 'in' };
    expect((await checkIn(ann, { body: north(50), headers })).status).toBe(201);
    for (const path of ['breaks/start', 'check-out'])
      expect(await ann.send('POST', `/api/attendance/${path}`, { body: north(500) })).toMatchObject({
        status: 403,
        body: { code: 'outside_geofence' },
      });
    expect(await world.sql`select 1 from punches where employee_id = ${ann.actor.id}`).toHaveLength(1);
    expect((await checkIn(ann, { body: north(50), headers })).status).toBe(201);
  });

  it('refuses addresses outside its list', async () => {
    const { ann } = await fenced({ ipAllowList: 'refuse', missingPlace: 'off' }, ['10.1.0.0/16']);
    expect(await checkIn(ann)).toMatchObject({ status: 403, body: { code: 'ip_not_allowed' } });
    const { ann: bob } = await fenced({ ipAllowList: 'flag', missingPlace: 'off' }, ['10.1.0.0/16']);
    expect((await checkIn(bob)).body.flags).toEqual(['IP_NOT_ALLOWED']);
  });

  it('never loses what was punched offline: it is marked', async () => {
    const { ann } = await fenced({ geofence: 'refuse', missingPlace: 'refuse', ipAllowList: 'refuse' }, [
      '10.1.0.0/16',
    ]);
    const punches = [
      { clientId: '0b6e2c1e-7f7a-4b7e-9a53-0d6a4b8f1c22', type: 'IN', occurredAt: start, ...north(500) },
    ];
    const { body } = await ann.send('POST', '/api/attendance/punches/sync', { body: { sentAt: start, punches } });
    expect(body.results[0]).toMatchObject({ status: 'accepted', flags: ['OUTSIDE_GEOFENCE'] });
  });

  it('has its settings set by hr, read by people, told once', async () => {
    const { site, ann } = await fenced();
    const path = `/api/attendance/site-settings/${site}`;
    expect((await ann.send('GET', path)).body).toEqual({ siteId: site, ...defaultSiteSettings, version: 0 });
    const body = { ...defaultSiteSettings, geofence: 'refuse', kioskLagHours: 12 };
    expect((await hr.send('PUT', path, { body })).body).toEqual({ siteId: site, ...body, version: 1 });
    const again = await hr.send('PUT', path, { body });
    expect(siteSettings.parse(again.body)).toMatchObject({ version: 1 });
    const rows =
      await world.sql`select payload->'data' as data from outbox where type = 'attendance.site-settings-changed.v1' and payload->'data'->>'siteId' = ${site}`;
    expect(rows).toHaveLength(1);
    expect(eventSchemas['attendance.site-settings-changed.v1'].parse(rows[0]?.data)).toMatchObject({
      before: defaultSiteSettings,
      after: body,
    });
    expect((await ann.send('PUT', path, { body })).status).toBe(403);
    for (const kioskLagHours of [-1, 337, 1.5])
      expect((await hr.send('PUT', path, { body: { ...body, kioskLagHours } })).status).toBe(400);
    const nowhere = '/api/attendance/site-settings/019a0000-0000-7000-8000-00000000a0a0';
    expect((await hr.send('GET', nowhere)).status).toBe(404);
    expect((await hr.send('PUT', nowhere, { body })).status).toBe(404);
  });
});
