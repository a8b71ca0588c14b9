import type { Db } from '@muster/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumPeople } from '../../src/sql/timesheets/sum-people.ts';
import { listWaitingOvertime } from '../../src/sql/timesheets/waiting-overtime.ts';
import { createWorld, type World } from '../harness.ts';

let world: World;
let site: string;
let boss: string;
let ids: string[];
const period = { from: '2026-03-01', to: '2026-03-31' };
const people = 4000;

beforeAll(async () => {
  world = await createWorld();
  site = await world.site('Europe/Berlin');
  const other = await world.site('Europe/Berlin');
  boss = (await world.person({ role: 'manager', at: other })).actor.id;
  await world.sql`
    insert into people (id, name, role, site_id, manager_id, department, status, version)
    select uuidv7(), 'N', 'employee', case when n % 2 = 0 then ${site}::uuid else ${other}::uuid end,
      case when n % 40 = 0 then ${boss}::uuid end, 'D' || n % 8, case when n % 7 = 0 then 'deleted' else 'active' end, 1
    from generate_series(1, ${people}) n`;
  await world.sql`
    insert into attendance_days (employee_id, date, rules, status, flags, worked_ms, expected_ms, overtime_ms, late_minutes,
      early_exit_minutes, overtime_kind, overtime_beyond_ms, overtime_awaits, settled, day)
    select p.id, d::date, 'r', 'PRESENT', '{}', 1, 1, 0, 0, 0, 'NORMAL', 60000, extract(day from d) in (4, 5), true, repeat('x', 1500)
    from (select id from people order by id) p, generate_series('2026-03-01'::date, '2026-03-08', interval '1 day') d`;
  await world.sql.unsafe('vacuum analyze people');
  await world.sql.unsafe('vacuum analyze attendance_days');
  ids = (await world.sql<{ id: string }[]>`select id from people order by id`).map(({ id }) => id);
});
afterAll(() => world.drop());

/** The plan of the statement that a function sends, and the pages it touched. */
async function planOf(run: (sql: Db) => Promise<unknown>): Promise<{ text: string; pages: number }> {
  let plan: unknown;
  const tag = (strings: TemplateStringsArray, ...values: never[]) => {
    if (!strings[0]?.includes('with recursive below')) return world.sql(strings, ...values);
    const first = `explain (analyze, buffers, timing off, summary off, format json) ${strings[0]}`;
    const texts = [first, ...strings.slice(1)];
    return world.sql(Object.assign(texts, { raw: texts }), ...values).then(([row]) => {
      plan = row?.['QUERY PLAN'];
      return [];
    });
  };
  await run(Object.assign(tag, world.sql) as unknown as Db);
  const [{ Plan: top }] = plan as [{ Plan: Record<string, number> }];
  return { text: JSON.stringify(plan), pages: (top['Shared Hit Blocks'] ?? 0) + (top['Shared Read Blocks'] ?? 0) };
}

const scansAll = /"Node Type":"Seq Scan"[^{}]*"Relation Name":"attendance_days"/;

describe('a page', () => {
  it.each([
    ['of everybody', {}],
    ['of a site', { site: true }],
    ['of a department', { departments: ['D3'] }],
    ['of a manager’s people', { boss: true }],
  ])(
    'of timesheets %s costs at the end what it costs at the beginning, and reads its own people’s days',
    async (_, o) => {
      const who = {
        siteId: 'site' in o ? site : undefined,
        managerId: 'boss' in o ? boss : undefined,
        departments: 'departments' in o ? o.departments : undefined,
      };
      const at = (share: number) =>
        planOf((sql) => sumPeople(sql, who, period, { after: ids[Math.floor(share * ids.length)] ?? '', limit: 20 }));
      await at(0);
      const [first, last] = [await at(0), await at(0.7)];
      for (const { text } of [first, last]) expect(text).not.toMatch(scansAll);
      expect(last.pages).toBeLessThan(first.pages * 1.5);
      // Less than a page of the table for each of the days, and nobody else's.
      expect(first.pages).toBeLessThan(1000);
    },
  );

  it('of overtime walks an index from the cursor on', async () => {
    const at = (n: number) =>
      planOf((sql) =>
        listWaitingOvertime(sql, { before: { date: '2026-03-05', employeeId: ids[n] ?? '' }, limit: 20 }),
      );
    const [first, last] = [await at(people - 1), await at(100)];
    for (const { text } of [first, last]) expect(text).not.toMatch(scansAll);
    expect(last.pages).toBeLessThan(first.pages * 1.5);
  });
});
