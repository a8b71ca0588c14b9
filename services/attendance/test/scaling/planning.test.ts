import { eventSchemas } from '@muster/contracts';
import { plannedHeadcount } from '@muster/contracts/http/attendance';
import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { defaultSite } from '../harness.ts';
import { admin, ask, berlin, kolkata, planned, published, put, world } from './support.ts';

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
