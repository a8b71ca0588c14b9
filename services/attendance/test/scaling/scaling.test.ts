import { calls, eventSchemas } from '@muster/contracts';
import { plannedHeadcount, scalingPlan } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { configSchema } from '../../src/config.ts';
import { appApiToken, type Client, createWorld, defaultSite, scalingToken, type World } from '../harness.ts';

let world: World;
let berlin: string;
let kolkata: string;
let admin: Client;
let hr: Client;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T04:00:00Z' });
  berlin = await world.site('Europe/Berlin');
  kolkata = await world.site('Asia/Kolkata');
  admin = await world.person({ role: 'admin' });
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());

interface Quarter {
  startsAt: string;
  checkIns?: number;
  checkOuts?: number;
}
const put = (siteId: string, quarters: Quarter[], from = '2026-11-20T00:00:00Z', to = '2026-11-21T00:00:00Z') =>
  admin.send('PUT', '/api/attendance/planned-headcount', { body: { siteId, from, to, quarters } });
const plan = async (query = '', who = hr) => {
  const answer = await who.send('GET', `/api/attendance/scaling-plan${query}`);
  expect(answer.status).toBe(200);
  return scalingPlan.parse(answer.body);
};
const ask = (headers: Record<string, string> = { authorization: `Bearer ${scalingToken}` }) =>
  requestJson(world.app, 'GET', '/scaling/pods', { headers });
const planned = async (siteId: string) =>
  (
    await world.sql`select check_ins, check_outs from planned_headcount where site_id = ${siteId} order by starts_at`
  ).map((row) => [row.check_ins, row.check_outs]);
const published = (siteId: string) =>
  world.sql<{ data: unknown }[]>`select payload->'data' as data from outbox
    where type = 'attendance.headcount-planned.v1' and payload->'data'->>'siteId' = ${siteId} order by seq`;

describe('planning headcount', () => {
  it('keeps what was said, in the site’s own time, and tells the audit log', async () => {
    const answer = await put(kolkata, [
      { startsAt: '2026-11-20T06:00:00+05:30', checkIns: 120, checkOuts: 80 },
      { startsAt: '2026-11-20T00:15:00Z', checkOuts: 5 },
      { startsAt: '2026-11-20T09:00:00Z' },
    ]);
    expect(answer.status).toBe(200);
    expect(plannedHeadcount.parse(answer.body)).toEqual({
      siteId: kolkata,
      zone: 'Asia/Kolkata',
      from: '2026-11-20T05:30:00.000+05:30',
      to: '2026-11-21T05:30:00.000+05:30',
      quarters: [
        { startsAt: '2026-11-20T05:45:00.000+05:30', checkIns: 0, checkOuts: 5 },
        { startsAt: '2026-11-20T06:00:00.000+05:30', checkIns: 120, checkOuts: 80 },
      ],
      version: 1,
    });
    const [event] = await published(kolkata);
    expect(eventSchemas['attendance.headcount-planned.v1'].parse(event?.data)).toMatchObject({
      version: 1,
      siteId: kolkata,
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      quarters: 2,
      checkIns: 120,
      checkOuts: 85,
      actor: { id: admin.actor.id },
    });
  });

  it('said twice is said once', async () => {
    const quarters = [{ startsAt: '2026-11-20T08:00:00Z', checkIns: 7 }];
    const first = await put(berlin, quarters);
    expect((await put(berlin.toUpperCase(), quarters)).body).toEqual(first.body);
    expect(await published(berlin)).toHaveLength(1);
  });

  it('replaces only what lies between from and to', async () => {
    const site = await world.site('UTC');
    await put(site, [
      { startsAt: '2026-11-20T05:45:00Z', checkIns: 1 },
      { startsAt: '2026-11-20T06:00:00Z', checkIns: 2 },
      { startsAt: '2026-11-20T06:15:00Z', checkIns: 3 },
    ]);
    const middle = ['2026-11-20T06:00:00Z', '2026-11-20T06:15:00Z'] as const;
    await put(site, [{ startsAt: middle[0], checkIns: 9 }], ...middle);
    expect(await planned(site)).toEqual([
      [1, 0],
      [9, 0],
      [3, 0],
    ]);
    const cleared = await put(site, []);
    expect(cleared.body).toMatchObject({ quarters: [], version: 3 });
    expect(await planned(site)).toEqual([]);
  });

  it('takes turns: of many at once one whole plan stands', async () => {
    const site = await world.site('UTC');
    const many = Array.from({ length: 12 }, (_, n) =>
      put(site, [
        { startsAt: '2026-11-20T06:00:00Z', checkIns: n + 1 },
        { startsAt: `2026-11-20T${String(7 + n).padStart(2, '0')}:00:00Z`, checkIns: n + 1 },
      ]),
    );
    const answers = await Promise.all(many);
    expect(answers.map(({ status }) => status)).toEqual(many.map(() => 200));
    const [first, second, ...rest] = await planned(site);
    expect(second).toEqual(first);
    expect(rest).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.version)).size).toBe(12);
  });

  it('is possible at the default site before its event came, and at no unknown or deleted one', async () => {
    expect((await put(defaultSite, [])).body).toMatchObject({ zone: 'Europe/Berlin', version: 0 });
    expect(await put(v7(), [])).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const gone = await world.site('UTC');
    await put(gone, [{ startsAt: '2026-11-20T04:00:00Z', checkIns: 900_000 }]);
    expect((await ask()).body).toEqual({ pods: 6, capped: true });
    await world.sql`update sites set deleted = true where id = ${gone}`;
    expect(await put(gone, [])).toMatchObject({ status: 404 });
    expect((await ask()).body).toEqual({ pods: 2, capped: false });
  });

  const good = { siteId: '', from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z', quarters: [] as object[] };
  it.each([
    ['a broken quarter', { quarters: [{ startsAt: '2026-11-20T06:07:00Z', checkIns: 1 }] }],
    ['a quarter outside', { quarters: [{ startsAt: '2026-11-21T00:00:00Z', checkIns: 1 }] }],
    [
      'one quarter in two spellings',
      { quarters: [{ startsAt: '2026-11-20T06:00:00Z' }, { startsAt: '2026-11-20T07:00:00+01:00' }] },
    ],
    ['half a person', { quarters: [{ startsAt: '2026-11-20T06:00:00Z', checkIns: 0.5 }] }],
    ['fewer than nobody', { quarters: [{ startsAt: '2026-11-20T06:00:00Z', checkIns: -1 }] }],
    ['an unknown field', { quarters: [{ startsAt: '2026-11-20T06:00:00Z', people: 1 }] }],
    ['an end before the beginning', { to: '2026-11-20T00:00:00Z' }],
    ['more than a month', { to: '2026-12-22T00:00:00Z' }],
    ['a local time', { from: '2026-11-20T00:00:00' }],
    ['another age', { from: '1999-11-20T00:00:00Z', to: '1999-11-21T00:00:00Z' }],
    ['no site', { siteId: 'here' }],
    ['something else', { foo: 1 }],
  ])('refuses %s', async (_, wrong) => {
    const body = { ...good, siteId: berlin, ...wrong };
    const answer = await admin.send('PUT', '/api/attendance/planned-headcount', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  it('is the administrator’s alone', async () => {
    for (const role of ['hr', 'manager', 'employee', 'kiosk', 'teacher'] as const) {
      const who = await world.person({ role });
      const body = { ...good, siteId: berlin };
      expect(await who.send('PUT', '/api/attendance/planned-headcount', { body })).toMatchObject({ status: 403 });
    }
    expect(await requestJson(world.app, 'PUT', '/api/attendance/planned-headcount', { body: good })).toMatchObject({
      status: 401,
    });
  });
});

describe('the plan', () => {
  it('shows what is expected and the pods, each site in its own time', async () => {
    await world.sql`delete from planned_headcount`;
    await put(berlin, [{ startsAt: '2026-11-20T06:00:00+01:00', checkIns: 6000, checkOuts: 3000 }]);
    await put(kolkata, [
      { startsAt: '2026-11-20T10:30:00+05:30', checkIns: 3000 },
      { startsAt: '2026-11-20T10:45:00+05:30', checkIns: 30_000 },
    ]);
    const found = await plan('?from=2026-11-20T04:00:00Z&to=2026-11-20T06:00:00Z');
    expect(found).toMatchObject({
      zone: 'Europe/Berlin',
      from: '2026-11-20T05:00:00.000+01:00',
      settings: { punchesPerPodSecond: 10, peakFactor: 3, leadSeconds: 180, minPods: 2, maxPods: 6 },
      now: { at: '2026-11-20T05:00:00.000+01:00', pods: 2, capped: false },
      steps: [
        { from: '2026-11-20T05:00:00.000+01:00', pods: 2, capped: false },
        { from: '2026-11-20T05:57:00.000+01:00', pods: 4, capped: false },
        { from: '2026-11-20T06:12:00.000+01:00', pods: 6, capped: true },
        { from: '2026-11-20T06:30:00.000+01:00', pods: 2, capped: false },
      ],
    });
    expect(found.quarters).toHaveLength(2);
    expect(found.quarters[0]).toMatchObject({
      startsAt: '2026-11-20T06:00:00.000+01:00',
      checkIns: 9000,
      checkOuts: 3000,
      peakPerSecond: 40,
      pods: 4,
      podsFrom: '2026-11-20T05:57:00.000+01:00',
      capped: false,
    });
    expect(found.quarters[0]?.sites).toEqual(
      [
        {
          siteId: berlin,
          name: 'Europe/Berlin',
          zone: 'Europe/Berlin',
          startsAt: '2026-11-20T06:00:00.000+01:00',
          checkIns: 6000,
          checkOuts: 3000,
        },
        {
          siteId: kolkata,
          name: 'Asia/Kolkata',
          zone: 'Asia/Kolkata',
          startsAt: '2026-11-20T10:30:00.000+05:30',
          checkIns: 3000,
          checkOuts: 0,
        },
      ].toSorted((a, b) => (a.siteId < b.siteId ? -1 : 1)),
    );
  });

  it('counts what begins after its end but is wanted before, and what began before', async () => {
    const steps = async (from: string, to: string) =>
      (await plan(`?from=${from}&to=${to}`)).steps.map((one) => one.pods);
    expect(await steps('2026-11-20T04:30:00Z', '2026-11-20T04:58:00Z')).toEqual([2, 4]);
    expect(await steps('2026-11-20T05:05:00Z', '2026-11-20T05:06:00Z')).toEqual([4]);
  });

  it('is for a day from now on by default', async () => {
    expect(await plan('', admin)).toMatchObject({
      from: '2026-11-20T05:00:00.000+01:00',
      to: '2026-11-21T05:00:00.000+01:00',
    });
    expect((await plan('?to=2026-11-20T05:00:00Z')).from).toBe('2026-11-20T05:00:00.000+01:00');
    expect((await plan('?from=2020-02-29T05:00:00Z')).to).toBe('2020-03-01T06:00:00.000+01:00');
  });

  it.each(['from=now', 'to=2026-11-20T03:00:00Z', 'from=2026-11-20T03:00:00Z&to=2026-11-20T03:00:00Z', 'x=1'])(
    'refuses ?%s',
    async (query) => {
      expect(await hr.send('GET', `/api/attendance/scaling-plan?${query}`)).toMatchObject({ status: 400 });
    },
  );
  it('refuses more than a week', async () => {
    const query = 'from=2026-11-20T03:00:00Z&to=2026-11-27T03:00:01Z';
    expect(await hr.send('GET', `/api/attendance/scaling-plan?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'to', in: 'query' }] },
    });
  });

  it('is nobody’s but the administrator’s and hr’s', async () => {
    for (const role of ['manager', 'employee', 'kiosk', 'teacher'] as const)
      expect(await (await world.person({ role })).send('GET', '/api/attendance/scaling-plan')).toMatchObject({
        status: 403,
      });
    expect(await requestJson(world.app, 'GET', '/api/attendance/scaling-plan')).toMatchObject({ status: 401 });
  });
});

describe('what the autoscaler is told', () => {
  it('is the plan’s number at every moment', async () => {
    for (const [at, pods, capped] of [
      ['2026-11-20T04:56:59Z', 2, false],
      ['2026-11-20T04:57:00Z', 4, false],
      ['2026-11-20T05:12:00Z', 6, true],
      ['2026-11-20T05:29:59Z', 6, true],
      ['2026-11-20T05:30:00Z', 2, false],
    ] as const) {
      world.clock.set(at);
      const answer = await ask();
      expect(answer).toMatchObject({ status: 200, body: { pods, capped } });
      expect((await plan()).now).toMatchObject({ pods, capped });
    }
  });

  it('needs its own token: not a person’s, not the sidecar’s', async () => {
    expect(await ask({})).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    for (const authorization of [
      `Bearer ${appApiToken}`,
      `Bearer ${scalingToken}x`,
      `Bearer ${scalingToken.slice(0, -1)}`,
      'Bearer é',
    ]) {
      const answer = await ask({ authorization });
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(await ask({ authorization: `Basic ${scalingToken}` })).toMatchObject({ status: 401 });
    expect(await ask({ 'dapr-api-token': appApiToken })).toMatchObject({ status: 401 });
    expect(await admin.send('GET', '/scaling/pods')).toMatchObject({ status: 401 });
    expect(await requestJson(world.app, 'POST', '/scaling/pods')).toMatchObject({ status: 405 });
  });

  it('is told to nobody where there is no token', async () => {
    const app = createApp(world.deps, {
      verifier: { verify: () => Promise.reject(new Error('nobody')) },
      appApiToken,
      ready: {},
    });
    for (const headers of [{}, { authorization: 'Bearer undefined' }, { authorization: 'Bearer ' }])
      expect(await requestJson(app, 'GET', '/scaling/pods', { headers })).toMatchObject({ status: 403 });
  });

  it('is no way through the sidecars', () => {
    const open = calls.filter(({ callee, path }) => callee === 'attendance' && /^\/(scaling|\*)/.test(path));
    expect(open).toEqual([]);
  });
});

describe('settings', () => {
  const required = {
    KIOSK_SECRET: 'x'.repeat(16),
    DATABASE_URL: 'postgres://x',
    APP_API_TOKEN: 'x'.repeat(8),
    MUSTER_DEFAULT_SITE: defaultSite,
  };
  it('have defaults, and contradict neither themselves nor sense', () => {
    expect(configSchema.parse(required)).toMatchObject({ SCALING_MIN_PODS: 2, SCALING_MAX_PODS: 6 });
    for (const wrong of [
      { SCALING_MIN_PODS: '7' },
      { SCALING_PUNCHES_PER_POD: '0' },
      { SCALING_PEAK_FACTOR: '0.5' },
      { SCALING_LEAD_SECONDS: '-1' },
      { SCALING_TOKEN: 'short' },
    ]) {
      const issues = configSchema.safeParse({ ...required, ...wrong }).error?.issues ?? [];
      expect(issues.map(({ path }) => path[0])).toEqual(Object.keys(wrong));
    }
  });
});
