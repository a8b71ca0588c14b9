import { publishedEvents } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';
import { drain, onWeekdays, planning, stay } from './support.ts';

const path = '/api/attendance/overtime';
const sources = planning({ shifts: onWeekdays });
let world: World;
let site: string;
let hr: Client;
let boss: Client;
let ann: Client;

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-31T12:00:00Z' });
  site = await world.site('Europe/Berlin');
  hr = await world.person({ role: 'hr', at: site });
  const chief = await world.person({ role: 'manager', at: site });
  boss = await world.person({ role: 'manager', at: site, managerId: chief.actor.id });
  ann = await world.person({ at: site, managerId: boss.actor.id, department: 'Ward' });
  const overtime = { percent: { normal: 150, weekend: 175, holiday: 200 }, needsApproval: true };
  const week = { anchorAt: '2026-03-01T23:00:00Z', afterMinutes: 2400, maxMinutes: 0 };
  await hr.send('POST', '/api/attendance/rules', {
    body: { validFrom: '2026-03-01', name: 'x', rules: { overtime, week } },
  });
  // Two hours beyond on the 3rd, one on the 4th, and the boss half an hour.
  await stay(world, ann.actor.id, '2026-03-03T09:00+01:00', '2026-03-03T19:00+01:00');
  await stay(world, ann.actor.id, '2026-03-04T09:00+01:00', '2026-03-04T18:00+01:00');
  await stay(world, boss.actor.id, '2026-03-04T09:00+01:00', '2026-03-04T17:30+01:00');
  await drain(world, sources);
});
afterAll(() => world.drop());

const list = async (client: Client, query = '') => (await client.send('GET', `${path}${query}`)).body;
const decide = (client: Client, body: object, o: object = {}) => client.send('POST', path, { body, ...o });
const day = async (date: string) =>
  (
    await world.sql`
      select overtime_ms / 60000 as minutes, overtime_weighted_ms / 60000 as weighted, overtime_awaits as awaits
      from attendance_days where employee_id = ${ann.actor.id} and date = ${date}`
  )[0];

describe('overtime that waits for approval', () => {
  it('is listed for whoever decides, the latest first, page by page', async () => {
    const all = await list(hr);
    expect(all.data.map(({ date, overtimeMinutes }: never) => [date, overtimeMinutes])).toEqual([
      ['2026-03-04', boss.actor.id > ann.actor.id ? 30 : 60],
      ['2026-03-04', boss.actor.id > ann.actor.id ? 60 : 30],
      ['2026-03-03', 120],
    ]);
    expect(await list(boss)).toEqual(all);
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { data: unknown[]; meta: { nextCursor: string | null } } = await list(
        hr,
        `?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(...page.data);
      cursor = page.meta.nextCursor;
    }
    expect(pages).toEqual(all.data);
    expect((await list(hr, `?department=ward&siteId=${site}&from=2026-03-04&to=2026-03-04`)).data).toMatchObject([
      {
        employeeId: ann.actor.id,
        kind: 'NORMAL',
        version: 0,
        countedMinutes: 0,
        approvedMinutes: null,
        department: 'Ward',
      },
    ]);
    const other = await world.person({ role: 'manager', at: site });
    expect((await list(other)).data).toEqual([]);
    expect((await ann.send('GET', path)).status).toBe(403);
    for (const bad of [
      '?cursor=2026-13-01_x',
      '?from=2026-03-04&to=2026-03-03',
      '?cursor=2026-02-30_00000000-0000-7000-8000-000000000000',
    ])
      expect((await hr.send('GET', `${path}${bad}`)).status).toBe(400);
  });

  it('counts as far as it was approved, tells the person, and waits again when it grows', async () => {
    const body = { employeeId: ann.actor.id, date: '2026-03-03', minutes: 90, note: 'Stocktaking' };
    const { status, body: first, headers } = await decide(boss, body);
    expect([status, headers.get('location')]).toEqual([201, `${path}/${ann.actor.id}/2026-03-03`]);
    expect(first).toMatchObject({ version: 1, minutes: 90, overtimeMinutes: 120, decidedBy: boss.actor.id });
    await drain(world, sources);
    expect(await day('2026-03-03')).toEqual({ minutes: 90, weighted: 135, awaits: false });
    expect((await publishedEvents(world.sql, 'attendance.overtime-decided.v1'))[0]?.data).toMatchObject({
      employeeId: ann.actor.id,
      minutes: 90,
      version: 1,
    });
    // A late punch makes it three hours.
    await world.sql`
      update punches set occurred_at = '2026-03-03T19:00Z' where employee_id = ${ann.actor.id} and occurred_at = '2026-03-03T18:00Z'`;
    await world.sql`insert into day_queue (employee_id, from_date, to_date) values (${ann.actor.id}, '2026-03-03', '2026-03-03')`;
    await drain(world, sources);
    expect(await day('2026-03-03')).toEqual({ minutes: 90, weighted: 135, awaits: true });
    const again = await decide(hr, { ...body, minutes: 180, version: 1 });
    expect(again.body.version).toBe(2);
    await drain(world, sources);
    expect(await day('2026-03-03')).toEqual({ minutes: 180, weighted: 270, awaits: false });
    expect((await hr.send('GET', `${path}/${ann.actor.id}/2026-03-03`)).body.data).toEqual([again.body, first]);
  });

  it('has one answer, however many decide at once', async () => {
    const body = { employeeId: ann.actor.id, date: '2026-03-04', minutes: 0 };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => decide(i % 2 ? boss : hr, { ...body, minutes: i })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    expect((await world.sql`select 1 from overtime_approvals where date = '2026-03-04'`).length).toBe(1);
    expect((await decide(hr, { ...body, version: 5 })).status).toBe(409);
  });

  it('is nobody’s own to approve, and nothing is told of others', async () => {
    expect((await decide(boss, { employeeId: boss.actor.id, date: '2026-03-04', minutes: 30 })).status).toBe(409);
    expect((await decide(hr, { employeeId: v7(), date: '2026-03-04', minutes: 30 })).status).toBe(404);
    const stranger = await world.person({ role: 'manager', at: site });
    expect(
      (await decide(stranger, { employeeId: ann.actor.id, date: '2026-03-04', minutes: 1, version: 1 })).status,
    ).toBe(404);
    expect((await stranger.send('GET', `${path}/${ann.actor.id}/2026-03-04`)).status).toBe(404);
    expect((await decide(ann, { employeeId: ann.actor.id, date: '2026-03-04', minutes: 1 })).status).toBe(403);
    expect((await decide(hr, { employeeId: ann.actor.id, date: '2026-03-05', minutes: 1 })).status).toBe(409);
    expect((await decide(hr, { employeeId: ann.actor.id, date: '2026-03-05', minutes: -1 })).status).toBe(400);
  });

  it('is as it was closed once the month is closed', async () => {
    await world.sql`insert into locked_months (employee_id, month, lock_id) values (${ann.actor.id}, '2026-03-01', ${v7()})`;
    const late = await decide(hr, { employeeId: ann.actor.id, date: '2026-03-04', minutes: 1, version: 1 });
    expect(late.body.code).toBe('month_locked');
    await world.sql`delete from locked_months`;
  });
});

describe('weeks of 168 hours', () => {
  const weeks = () =>
    world.sql`select from_at, ends_on, worked_ms / 3600000.0 as worked, by_day_ms / 3600000.0 as by_day, counted_ms / 3600000.0 as counted,
      weighted_ms / 3600000.0 as weighted from attendance_weeks where employee_id = ${ann.actor.id} order by from_at`.then(
      (rows) =>
        rows.map(({ from_at, ends_on, ...hours }) => [
          from_at.toISOString().slice(0, 16),
          ends_on,
          ...Object.values(hours).map(Number),
        ]),
    );

  it('follow the days: work beyond the limit, less what the days paid', async () => {
    const first = (await weeks())[0];
    // 11 h + 9 h so far; then ten hours each on four more days.
    expect(first).toEqual(['2026-03-01T23:00', '2026-03-08', 20, expect.any(Number), 0, 0]);
    for (const date of ['2026-03-02', '2026-03-05', '2026-03-06', '2026-03-07'])
      await stay(world, ann.actor.id, `${date}T08:00+01:00`, `${date}T18:00+01:00`);
    await drain(world, sources);
    const [week] = await weeks();
    const [{ by_day = 0 } = {}] = await world.sql`
      select sum(overtime_ms) / 3600000.0 as by_day from attendance_days
      where employee_id = ${ann.actor.id} and date between '2026-03-02' and '2026-03-08'`;
    const counted = 60 - 40 - Number(by_day);
    expect(week?.slice(0, 3)).toEqual(['2026-03-01T23:00', '2026-03-08', 60]);
    expect(week?.[3]).toBeCloseTo(Number(by_day), 5);
    expect(week?.[4]).toBeCloseTo(counted, 5);
    expect(week?.[5]).toBeCloseTo(counted * 1.5, 3);
  });

  it('move with the rules from their date on, and go when no rule asks for them', async () => {
    await stay(world, ann.actor.id, '2026-03-17T09:00+01:00', '2026-03-17T12:00+01:00');
    await stay(world, ann.actor.id, '2026-03-24T09:00+01:00', '2026-03-24T12:00+01:00');
    await drain(world, sources);
    expect((await weeks()).map(([from]) => from)).toEqual(['2026-03-01T23:00', '2026-03-15T23:00', '2026-03-22T23:00']);
    const week = { anchorAt: '2026-03-20T23:00:00Z', afterMinutes: 600, maxMinutes: 0 };
    await hr.send('POST', '/api/attendance/rules', {
      body: { validFrom: '2026-03-20', name: 'Saturdays', rules: { week } },
    });
    await drain(world, sources);
    expect((await weeks()).map(([from]) => from)).toEqual(['2026-03-01T23:00', '2026-03-15T23:00', '2026-03-20T23:00']);
    await hr.send('POST', '/api/attendance/rules', { body: { validFrom: '2026-03-01', name: 'None', rules: {} } });
    await drain(world, sources);
    expect((await weeks()).map(([from]) => from)).toEqual(['2026-03-20T23:00']);
  });
});
