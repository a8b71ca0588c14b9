import { afterAll, beforeAll, expect, it } from 'vitest';
import { lowestSessionId } from '../src/domain/session-id.ts';
import { listSessions } from '../src/sql/list-sessions.ts';
import { explainLast } from './explain-last.ts';
import { createWorld, type World } from './harness.ts';

// Two thousand people at two sites with thirty days behind them.
let w: World;
let site: string;
let someone: string;
let ids: string[];
beforeAll(async () => {
  w = await createWorld({ now: '2026-11-20T12:00:00Z' });
  [site] = await Promise.all([w.site('Europe/Berlin'), w.site('Europe/Lisbon')]);
  await w.sql`
    insert into people (id, name, role, site_id, status, version)
    select uuidv7(), 'Person ' || n, 'employee', s.id, 'active', 1
    from generate_series(1, 1000) n cross join (select id from sites) s`;
  await w.sql`
    insert into attendance_sessions (id, employee_id, site_id, check_in_punch_id, check_out_punch_id, check_in_at, check_out_at, date, source, zone)
    select (lpad(to_hex((extract(epoch from d) * 1000)::bigint), 12, '0') || '7000' || right(replace(gen_random_uuid()::text, '-', ''), 16))::uuid,
      p.id, p.site_id, p.id, p.id, d, d + interval '8 hours', d::date, 'web', 'Europe/Berlin'
    from people p cross join generate_series(timestamptz '2026-10-21 07:00Z', '2026-11-19 07:00Z', interval '1 day') d
    where p.role = 'employee' order by 1`;
  await w.sql.unsafe('vacuum analyze attendance_sessions');
  ids = (await w.sql<{ id: string }[]>`select id from attendance_sessions order by id desc`).map(({ id }) => id);
  someone = (await w.sql<[{ id: string }]>`select employee_id as id from attendance_sessions limit 1`)[0].id;
});
afterAll(() => w.drop());

it.each([
  ['everybody’s', () => [{}, {}] as const],
  ['a site’s', () => [{}, { siteId: site }] as const],
  ['a person’s', () => [{ employeeId: someone }, {}] as const],
])('a page of %s sessions costs at the end what it costs at the beginning', async (_, which) => {
  const [scope, filter] = which();
  const pageFrom = (beyond: string) =>
    explainLast(w.sql, (sql) =>
      listSessions(sql, scope, { ...filter, lowest: lowestSessionId(0), beyond, limit: 101 }),
    );
  const [first, last] = [await pageFrom(ids[0] ?? ''), await pageFrom(ids.at(-1500) ?? '')];
  expect(first.text).toMatch(/Index Scan Backward|Index Scan/);
  expect(`${first.text}${last.text}`).not.toContain('Seq Scan');
  // The same walk; how rows lie on pages differs a little.
  expect(last.pages).toBeLessThanOrEqual(2 * first.pages);
  expect(first.pages).toBeLessThanOrEqual(400);
});
