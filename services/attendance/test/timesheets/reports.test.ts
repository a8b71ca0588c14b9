import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LeaveDay } from '../../src/domain/days/index.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { drain, onWeekdays, planning, stay } from './support.ts';

const period = 'from=2026-03-02&to=2026-03-06';
const leave: LeaveDay[] = [{ id: 'l1', date: '2026-03-06', part: 'SECOND_HALF', type: 'annual' }];
const sources = planning({ shifts: onWeekdays, leave });
let world: World;
let sites: string[];
let hr: Client;
let boss: Client;
let people: Client[];

beforeAll(async () => {
  world = await createWorld({ now: '2026-03-31T12:00:00Z' });
  sites = [await world.site('Europe/Berlin'), await world.site('Europe/Berlin')];
  hr = await world.person({ role: 'hr', at: sites[1] ?? '' });
  boss = await world.person({ role: 'manager', at: sites[0] ?? '' });
  const overtime = { percent: { normal: 150, weekend: 150, holiday: 200 }, needsApproval: true };
  const week = { anchorAt: '2026-03-01T23:00:00Z', afterMinutes: 600, maxMinutes: 0 };
  const body = { validFrom: '2026-03-01', name: 'x', rules: { overtime, week } };
  await hr.send('POST', '/api/attendance/rules', { body });
  people = [
    await world.person({ at: sites[0] ?? '', managerId: boss.actor.id, department: 'Ward' }),
    await world.person({ at: sites[0] ?? '', department: '=Ward()' }),
    await world.person({ at: sites[1] ?? '' }),
  ];
  for (const [i, { actor }] of people.entries()) {
    // Ten minutes late and an hour beyond on Tuesday, half an hour early on Wednesday, nobody on Monday and Thursday.
    await stay(world, actor.id, '2026-03-03T09:10+01:00', `2026-03-03T18:${10 + i}+01:00`);
    await stay(world, actor.id, '2026-03-04T09:00+01:00', '2026-03-04T16:30+01:00');
    await stay(world, actor.id, '2026-03-06T09:00+01:00', '2026-03-06T13:00+01:00');
  }
  await drain(world, sources);
});
afterAll(() => world.drop());

const report = (client: Client, name: string, query = '') =>
  client.send('GET', `/api/attendance/reports/${name}?${period}${query}`);
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies freely
const data = async (client: Client, name: string, query = ''): Promise<any[]> =>
  (await report(client, name, query)).body.data;

describe('reports', () => {
  it('say of each person what a clerk would', async () => {
    const [first] = people;
    const mine = async (name: string) =>
      (await data(hr, name)).find(({ employeeId }) => employeeId === first?.actor.id);
    expect(await mine('overtime')).toMatchObject({
      days: 1,
      awaitingDays: 1,
      workedMinutes: 60,
      normalMinutes: 0,
      weeklyMinutes: 0,
    });
    expect(await mine('absence')).toMatchObject({
      absentDays: 2,
      halfDays: 1,
      missedShiftDays: 2,
      leave: { annual: 0.5 },
      people: 1,
    });
    expect(await mine('punctuality')).toMatchObject({
      days: 3,
      lateDays: 1,
      lateMinutes: 10,
      earlyExitDays: 1,
      earlyExitMinutes: 30,
    });
    const whole = await hr.send('GET', '/api/attendance/reports/overtime?from=2026-03-01&to=2026-03-31');
    expect(
      whole.body.data.find(({ employeeId }: { employeeId: string }) => employeeId === first?.actor.id).weeklyMinutes,
    ).toBe(9 * 60 + 450 + 240 - 600);
  });

  it('add up by site and department to the sum of their people', async () => {
    for (const name of ['overtime', 'absence', 'punctuality']) {
      const each = await data(hr, name, '&limit=100');
      for (const [by, key] of [
        ['site', 'siteId'],
        ['department', 'department'],
      ] as const) {
        const groups = await data(hr, name, `&groupBy=${by}`);
        expect(groups.length).toBe(
          new Set(each.filter((row) => people.some(({ actor }) => actor.id === row.employeeId)).map((row) => row[key]))
            .size,
        );
        for (const group of groups) {
          const members = each.filter((row) => row[key] === group[key]);
          for (const [field, value] of Object.entries(group))
            if (typeof value === 'number' && field !== 'people')
              expect([name, field, value]).toEqual([name, field, members.reduce((sum, row) => sum + row[field], 0)]);
          if (group.leave) expect(group.leave.annual).toBe(group.people / 2);
        }
      }
    }
    expect(
      (await data(hr, 'overtime', '&groupBy=site')).map(({ siteId, name, people: n }) => [siteId, name, n]).sort(),
    ).toEqual(
      [
        [sites[0], 'Europe/Berlin', 2],
        [sites[1], 'Europe/Berlin', 1],
      ].sort(),
    );
  });

  it('show whom one may see', async () => {
    const ids = async (client: Client, query = '') =>
      (await data(client, 'absence', query)).map(({ employeeId }) => employeeId);
    expect(await ids(boss)).toEqual([boss.actor.id, people[0]?.actor.id].sort());
    expect(await ids(people[1] as Client)).toEqual([people[1]?.actor.id]);
    expect(
      (await data(boss, 'absence', '&groupBy=department')).map(({ department, people: n }) => [department, n]),
    ).toEqual([['Ward', 1]]);
    expect(await ids(hr, `&siteId=${v7()}`)).toEqual([]);
    expect(await ids(hr, `&department=ward&siteId=${sites[0]}`)).toEqual([people[0]?.actor.id]);
    expect((await report(await world.kiosk(sites[0] ?? ''), 'absence')).status).toBe(403);
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { data: { employeeId: string }[]; meta: { nextCursor: string | null } } } = await report(
        hr,
        'absence',
        `&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(...body.data.map(({ employeeId }) => employeeId));
      cursor = body.meta.nextCursor;
    }
    expect(pages).toEqual(await ids(hr, '&limit=100'));
  });

  it('are files, too', async () => {
    const { status, body, headers } = await report(hr, 'absence', '&format=csv&groupBy=department');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(body).toBe(
      [
        'employeeId,name,siteId,department,people,absentDays,halfDays,missedShiftDays,leave',
        ",,,'=Ward(),1,2,1,2,annual 0.5",
        ',,,Ward,1,2,1,2,annual 0.5',
        ',,,,1,2,1,2,annual 0.5',
        '',
      ].join('\r\n'),
    );
    const all = String((await report(hr, 'punctuality', '&format=csv')).body)
      .trimEnd()
      .split('\r\n');
    expect(all.length).toBe(1 + 5);
  });

  it('refuse what they cannot be', async () => {
    for (const query of [
      'from=2026-03-02&to=2026-03-01',
      'from=2026-01-01&to=2026-04-04',
      'from=2026-01-01',
      `${period}&groupBy=colour`,
    ])
      expect([(await hr.send('GET', `/api/attendance/reports/overtime?${query}`)).status, query]).toEqual([400, query]);
    expect((await hr.send('GET', '/api/attendance/reports/overtime?from=2026-01-01&to=2026-04-03')).status).toBe(200);
  });
});

describe('leave', () => {
  it('is told by the name its type has now, while days keep the type', async () => {
    const type = v7();
    await world.sql`
      insert into leave_types (id, name, name_key, paid, counts, half_days, year_starts_in, may_go_negative, needs_approval)
      values (${type}, 'Holiday', 'holiday', true, 'WORKING_DAYS', true, 1, false, true)`;
    const ann = await world.person({ at: sites[0] ?? '' });
    const away = planning({ shifts: onWeekdays, leave: [{ id: 'l2', date: '2026-03-05', part: 'FULL', type }] });
    await stay(world, ann.actor.id, '2026-03-04T09:00+01:00', '2026-03-04T17:00+01:00');
    await drain(world, away);
    const told = async (): Promise<object> =>
      (await data(hr, 'absence', '&limit=100')).find(({ employeeId }) => employeeId === ann.actor.id).leave;
    expect(await told()).toEqual({ Holiday: 1 });
    const before = await world.sql`select day from attendance_days where employee_id = ${ann.actor.id}`;
    await world.sql`update leave_types set name = 'Vacation' where id = ${type}`;
    expect(await told()).toEqual({ Vacation: 1 });
    await world.sql`insert into day_queue (employee_id, from_date, to_date) values (${ann.actor.id}, '2026-03-02', '2026-03-06')`;
    await drain(world, away);
    expect(await world.sql`select day from attendance_days where employee_id = ${ann.actor.id}`).toEqual(before);
    const groups = await data(hr, 'absence', '&groupBy=site');
    expect(groups.find(({ siteId }) => siteId === sites[0]).leave.Vacation).toBe(1);
  });
});
