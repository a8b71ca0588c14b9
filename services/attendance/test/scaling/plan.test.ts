import { calls } from '@muster/contracts';
import { requestJson } from '@muster/testing';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { appApiToken, scalingToken } from '../harness.ts';
import { admin, ask, berlin, hr, kolkata, plan, put, world } from './support.ts';

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
