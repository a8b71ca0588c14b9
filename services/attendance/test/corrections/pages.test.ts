import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../harness.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  // 400 people, 50 days each; every tenth with a conflict, every tenth waiting.
  await world.sql`
    with everybody as (select gen_random_uuid() as id from generate_series(1, 400)),
    days as (select id, date '2026-09-01' + n as date, row_number() over () as nr from everybody, generate_series(0, 49) n),
    waiting as (insert into waiting_days (employee_id, date, since, day) select id, date, now(), null from days where nr % 10 = 5)
    insert into attendance_days (employee_id, date, rules, status, flags, worked_ms, expected_ms, overtime_ms, late_minutes,
      early_exit_minutes, day)
    select id, date, 'plain-1', 'PRESENT', case when nr % 10 = 0 then '{CONFLICT}'::text[] else '{}' end, 0, 0, 0, 0, 0, '{}' from days`;
  await world.sql`analyze attendance_days, waiting_days`;
});
afterAll(() => world.drop());

interface Plan {
  'Index Name'?: string;
  'Actual Rows': number;
  'Node Type': string;
  Plans?: Plan[];
}

const scansOf = (plan: Plan): Plan[] => [
  ...(plan['Node Type'].includes('Scan') ? [plan] : []),
  ...(plan.Plans ?? []).flatMap(scansOf),
];

it('a page of conflicts is so many steps of an index, the first and the last', async () => {
  for (const date of ['2100-01-01', '2026-09-03']) {
    const [row] = await world.sql`
      explain (analyze, format json, timing off)
      select d.employee_id, d.date, d.day from attendance_days d
      where 'CONFLICT' = any(d.flags) and (d.date, d.employee_id) < (${date}, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      order by d.date desc, d.employee_id desc limit 11`;
    expect(scansOf(row?.['QUERY PLAN'][0].Plan)).toMatchObject([
      { 'Index Name': 'attendance_days_conflicts', 'Actual Rows': 11 },
    ]);
  }
});

it('a page of what waits is, too', async () => {
  for (const date of ['2026-09-01', '2026-09-29']) {
    const [row] = await world.sql`
      explain (analyze, format json, timing off)
      select w.employee_id, w.date, w.day from waiting_days w
      where w.date >= '2026-09-01'::date and w.date < ('2026-09-01'::date + interval '1 month')::date
        and (w.date, w.employee_id) > (${date}, '00000000-0000-0000-0000-000000000000')
      order by w.date, w.employee_id limit 11`;
    expect(scansOf(row?.['QUERY PLAN'][0].Plan)).toMatchObject([
      { 'Index Name': 'waiting_days_date', 'Actual Rows': 11 },
    ]);
  }
});
