import { readXlsx } from 'hucre/xlsx';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HolidayDay, LeaveDay } from '../../src/domain/days/index.ts';
import { datesOfMonth } from '../../src/domain/timesheets/month.ts';
import { addUp } from '../../src/domain/timesheets/sums.ts';
import { listDays } from '../../src/sql/list-days.ts';
import { sumPeople } from '../../src/sql/timesheets/sum-people.ts';
import { listWeeks } from '../../src/sql/timesheets/weeks.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { drain, onWeekdays, planning, punch, stay } from './support.ts';

const month = '2026-03';
const { from, to } = datesOfMonth(month);
const leave: LeaveDay[] = [
  { id: 'l1', date: '2026-03-11', part: 'FULL', type: 'annual' },
  { id: 'l2', date: '2026-03-12', part: 'SECOND_HALF', type: 'annual' },
  { id: 'l3', date: '2026-03-12', part: 'FIRST_HALF', type: 'care' },
  { id: 'l4', date: '2026-03-13', part: 'FIRST_HALF', type: 'sick' },
];
const holidays: HolidayDay[] = [
  { id: 'h1', date: '2026-03-17', name: 'A holiday', kind: 'PUBLIC' },
  ...['01', '07', '08', '14', '15'].map(
    (day): HolidayDay => ({ id: `o${day}`, date: `2026-03-${day}`, name: 'Off', kind: 'WEEKLY_OFF' }),
  ),
];
const sources = planning({ shifts: onWeekdays, leave, holidays });

let world: World;
let site: string;
let hr: Client;
let boss: Client;
beforeAll(async () => {
  world = await createWorld({ now: '2026-04-02T12:00:00Z' });
  site = await world.site('Europe/Berlin');
  hr = await world.person({ role: 'hr', at: site });
  boss = await world.person({ role: 'manager', at: site });
  const overtime = { percent: { normal: 125, weekend: 150, holiday: 200 } };
  const week = { anchorAt: '2026-03-01T23:00:00Z', afterMinutes: 600, maxMinutes: 0 };
  const rounding = { duration: { toMinutes: 15, how: 'DOWN' } };
  const rules = { overtime, week, rounding };
  await hr.send('POST', '/api/attendance/rules', { body: { validFrom: '2026-03-02', name: 'All', rules } });
});
afterAll(() => world.drop());

let seed = 7;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % below;
};
const sums = async (employeeId: string) =>
  (
    await sumPeople(
      world.sql,
      { employeeId },
      { from, to },
      { after: '00000000-0000-0000-0000-000000000000', limit: 1 },
    )
  )[0]?.sums;
const allSums = () =>
  sumPeople(world.sql, {}, { from, to }, { after: '00000000-0000-0000-0000-000000000000', limit: 1000 });

describe('sums of a month', () => {
  it('are the sum of its days, and of the facts where nothing but stays count', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, () => world.person({ at: site, managerId: boss.actor.id })),
    );
    const workedOf = new Map<string, number>();
    for (const { actor } of people) {
      let worked = 0;
      for (let day = 2; day <= 28; day++) {
        if (random(4) === 0) continue;
        // Milliseconds, so that a sum of rounded days would show.
        const start =
          Date.parse(`2026-03-${String(day).padStart(2, '0')}T07:00:00Z`) + random(120) * 60_000 + random(60_000);
        const end = start + (1 + random(600)) * 60_000 + random(60_000);
        await stay(world, actor.id, new Date(start).toISOString(), new Date(end).toISOString());
        worked += end - start;
      }
      workedOf.set(actor.id, worked);
      // Another process follows while facts arrive.
      await recomputeDays({ ...world.deps, daySources: sources }, 5);
    }
    await drain(world, sources);
    for (const { actor } of people) {
      const { id } = actor;
      const [days, weeks, told] = [
        await listDays(world.sql, id, from, to),
        await listWeeks(world.sql, id, from, to),
        await sums(id),
      ];
      expect(JSON.stringify(told)).toBe(JSON.stringify(addUp(days, weeks)));
      expect(told?.workedMs).toBe(workedOf.get(id));
      expect(told?.leaveHalves).toEqual({ annual: 3, care: 1, sick: 1 });
      expect(told).toMatchObject({ holidays: 1, weeklyOffs: 5, onLeaveDays: 2 });
      expect(told?.weeklyMs).toBeGreaterThan(0);
    }
  });

  it('hold with punches of chance, and are the same bytes after a full rebuild', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person({ at: site })));
    for (const { actor } of people)
      for (let i = 0; i < 40; i++) {
        const at = new Date(Date.parse('2026-03-01T00:00:00Z') + random(31 * 288) * 300_000).toISOString();
        await punch(world, actor.id, ['IN', 'OUT', 'BREAK_START', 'BREAK_END'][random(4)] ?? 'IN', at);
        if (i % 10 === 0) await recomputeDays({ ...world.deps, daySources: sources }, 3);
      }
    await drain(world, sources);
    for (const { actor } of people) {
      const days = await listDays(world.sql, actor.id, from, to);
      const weeks = await listWeeks(world.sql, actor.id, from, to);
      expect(await sums(actor.id)).toEqual(addUp(days, weeks));
    }
    // As whoever plans a month queues it.
    await world.sql`insert into day_queue (employee_id, from_date, to_date) select distinct employee_id, ${from}::date, ${to}::date from attendance_days`;
    await drain(world, sources);
    const table = () => world.sql`select * from attendance_weeks order by employee_id, from_at`;
    const [incremental, weeks] = [JSON.stringify(await allSums()), await table()];
    expect(weeks.length).toBeGreaterThan(20);
    const ranges =
      await world.sql`select employee_id, min(date) as low, max(date) as high from attendance_days group by 1`;
    await world.sql`truncate attendance_days, attendance_weeks`;
    // Days on which something should have happened are found by the plan, not by facts.
    for (const { employee_id, low, high } of ranges)
      await world.sql`insert into day_queue (employee_id, from_date, to_date) values (${employee_id}, ${low}, ${high})`;
    await drain(world, sources);
    expect(JSON.stringify(await allSums())).toBe(incremental);
    expect(await table()).toEqual(weeks);
    await rebuildDays({ ...world.deps, daySources: sources });
    expect(JSON.stringify(await allSums())).toBe(incremental);
    expect(await table()).toEqual(weeks);
  });
});

const path = '/api/attendance/timesheets';

describe('GET /timesheets', () => {
  it('pages through whoever the actor may see', async () => {
    const walk = async (client: Client, query = ''): Promise<{ employeeId: string }[]> => {
      const seen: { employeeId: string }[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await client.send(
          'GET',
          `${path}?month=${month}&limit=5${query}${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...body.data);
        cursor = body.meta.nextCursor;
      }
      return seen;
    };
    const all = await walk(hr);
    const ids = all.map(({ employeeId }) => employeeId);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.length).toBe((await world.sql`select 1 from people`).length);
    const below =
      await world.sql`select id from people where manager_id = ${boss.actor.id} or id = ${boss.actor.id} order by id`;
    expect((await walk(boss)).map(({ employeeId }) => employeeId)).toEqual(below.map(({ id }) => id));
    const ann = await world.person({ at: site, department: 'Küche' });
    expect((await walk(ann)).map(({ employeeId }) => employeeId)).toEqual([ann.actor.id]);
    expect((await walk(hr, '&department=kuche')).map(({ employeeId }) => employeeId)).toEqual([ann.actor.id]);
    expect(await walk(hr, `&siteId=${v7()}`)).toEqual([]);
    expect((await (await world.kiosk(site)).send('GET', `${path}?month=${month}`)).status).toBe(403);
    for (const bad of ['2026-13', '1999-01', '2026-1', '2026-03-01'])
      expect((await hr.send('GET', `${path}?month=${bad}`)).status).toBe(400);
  });

  it('leaves out who was deleted, unless they worked that month', async () => {
    const [gone, worked] = await Promise.all([world.person({ at: site }), world.person({ at: site })]);
    await stay(world, worked.actor.id, '2026-03-30T09:00+02:00', '2026-03-30T17:00+02:00');
    await drain(world, sources);
    await world.sql`update people set status = 'deleted' where id in (${gone.actor.id}, ${worked.actor.id})`;
    await world.sql`delete from attendance_days where employee_id = ${gone.actor.id}`;
    const ids = (await allSums()).map(({ employeeId }) => employeeId);
    expect([ids.includes(gone.actor.id), ids.includes(worked.actor.id)]).toEqual([false, true]);
  });
});

describe('GET /timesheets/:employeeId', () => {
  it('has every day, the weeks and their sum; for oneself, superiors and hr', async () => {
    const ann = await world.person({ at: site, managerId: boss.actor.id });
    await stay(world, ann.actor.id, '2026-03-03T09:00+01:00', '2026-03-03T18:20:59+01:00');
    await drain(world, sources);
    const { status, body } = await ann.send('GET', `${path}/${ann.actor.id}?month=${month}`);
    expect(status).toBe(200);
    expect(body.totals).toMatchObject({
      workedMinutes: 560,
      roundedMinutes: 555,
      days: { present: 1 },
      late: { days: 0, minutes: 0 },
    });
    expect(body.days.find(({ date }: { date: string }) => date === '2026-03-03')).toMatchObject({ workedMinutes: 560 });
    expect(body.weeks).toMatchObject([{ fromAt: '2026-03-01T23:00:00.000Z', workedMinutes: 560, countedMinutes: 0 }]);
    for (const client of [boss, hr])
      expect((await client.send('GET', `${path}/${ann.actor.id}?month=${month}`)).body).toEqual(body);
    const stranger = await world.person({ role: 'manager', at: site });
    for (const client of [stranger, await world.person({ at: site })])
      expect((await client.send('GET', `${path}/${ann.actor.id}?month=${month}`)).status).toBe(404);
    expect((await hr.send('GET', `${path}/${v7()}?month=${month}`)).status).toBe(404);
    expect((await hr.send('GET', `${path}/${ann.actor.id}`)).status).toBe(400);
    const row = (await boss.send('GET', `${path}?month=${month}&limit=100`)).body.data.find(
      ({ employeeId }: { employeeId: string }) => employeeId === ann.actor.id,
    );
    const { days: _, weeks: __, ...sheet } = body;
    expect(row).toEqual(sheet);
  });
});

describe('GET /timesheets/export', () => {
  const fetched = async (client: Client, format: string) => {
    const answer = await client.send('GET', `${path}/export?month=${month}&format=${format}&department=Sheet`);
    return answer;
  };

  it('is CSV that no spreadsheet runs, in whole minutes', async () => {
    const ann = await world.person({ at: site, department: 'Sheet' });
    await world.sql`update people set name = '=HYPERLINK("http://evil")', work_id = '0042' where id = ${ann.actor.id}`;
    await stay(world, ann.actor.id, '2026-03-03T09:00+01:00', '2026-03-03T18:20:59+01:00');
    await drain(world, sources);
    const { status, body, headers } = await fetched(hr, 'csv');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const [heading = '', line = '', end] = String(body).split('\r\n');
    expect(end).toBe('');
    expect(heading.split(',').slice(0, 8)).toEqual([
      'month',
      'employeeId',
      'workId',
      'name',
      'siteId',
      'department',
      'daysPresent',
      'daysHalf',
    ]);
    expect(line).toContain(`2026-03,${ann.actor.id},0042,"'=HYPERLINK(""http://evil"")",${site},Sheet,1,`);
    expect(line.split(',')[heading.split(',').indexOf('worked')]).toBe('560');
  });

  it('is a workbook with numbers as numbers, durations as h:mm, and text as text', async () => {
    const answer = await hr.send('GET', `${path}/export?month=${month}&format=xlsx&department=Sheet`);
    expect(answer.headers.get('content-type')).toContain('spreadsheetml');
    const { bytes } = answer as unknown as { bytes: Uint8Array };
    const book = await readXlsx(bytes);
    const [sheet] = book.sheets;
    const [heading, row] = sheet?.rows ?? [];
    const at = (name: string) => row?.[heading?.indexOf(name) ?? -1];
    expect(sheet?.rows.length).toBe(2);
    expect(at('name')).toBe('=HYPERLINK("http://evil")');
    expect(at('workId')).toBe('0042');
    expect(at('daysPresent')).toBe(1);
    // The reader takes every format of a clock for a date: so long after the calendar of spreadsheets began.
    const worked = (at('worked') as Date).getTime() - Date.UTC(1899, 11, 31);
    expect(worked).toBeCloseTo(((9 * 60 + 20) * 60 + 59) * 1000, 0);
  });

  it('is a workbook that opens, whatever somebody is called', async () => {
    const ann = await world.person({ at: site, department: 'Odd' });
    await world.sql`update people set name = ${'a\u0001b\ufffe<&>\uffff'} where id = ${ann.actor.id}`;
    const answer = await hr.send('GET', `${path}/export?month=${month}&format=xlsx&department=Odd`);
    const { bytes } = answer as unknown as { bytes: Uint8Array };
    const rows = (await readXlsx(bytes)).sheets[0]?.rows;
    expect(rows?.[1]?.[rows[0]?.indexOf('name') ?? -1]).toBe('a\u0001b\ufffd<&>\ufffd');
  });

  it('answers nobody who may not', async () => {
    expect((await (await world.kiosk(site)).send('GET', `${path}/export?month=${month}&format=csv`)).status).toBe(403);
    expect((await hr.send('GET', `${path}/export?month=${month}&format=pdf`)).status).toBe(400);
  });
});
