import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lowestSessionId } from '../../src/domain/session-id.ts';
import { loadSitePlans } from '../../src/sql/live/load-site-plans.ts';
import { loadSiteStays } from '../../src/sql/live/load-site-stays.ts';
import { explainLast } from '../explain-last.ts';
import { type Client, createWorld, type World } from '../harness.ts';

// A site of 5,000 among 10,000 people with twenty days of work behind them: enough that a wrong plan reads many times as much.
const people = 10_000;
let w: World;
let site: string;
let hr: Client;
beforeAll(async () => {
  w = await createWorld({ now: '2026-11-20T12:00:00Z' });
  site = await w.site('Europe/Berlin');
  const elsewhere = await w.site('Europe/Lisbon');
  hr = await w.person({ role: 'hr', at: elsewhere });
  await w.sql`alter table people disable trigger user`;
  await w.sql`
    insert into people (id, name, role, site_id, status, version)
    select uuidv7(), 'Person ' || n, 'employee', case when n % 2 = 0 then ${site}::uuid else ${elsewhere}::uuid end, 'active', 1
    from generate_series(1, ${people}) n`;
  for (let from = 0; from < 20; from += 4)
    await w.sql`
      insert into attendance_sessions (id, employee_id, site_id, check_in_punch_id, check_out_punch_id, check_in_at, check_out_at, date, source, zone)
      select (lpad(to_hex((extract(epoch from s.at) * 1000)::bigint), 12, '0') || '7000' || right(replace(gen_random_uuid()::text, '-', ''), 16))::uuid,
        p.id, p.site_id, p.id, p.id, s.at, case when s.day = 0 and hashtext(p.id::text) % 5 <> 0 then null else s.at + interval '3 hours' end,
        s.at::date, 'web', 'Europe/Berlin'
      from people p cross join (
        select day, timestamptz '2026-11-20 07:00Z' - day * interval '1 day' as at from generate_series(16 - ${from}::int, 19 - ${from}::int) day
      ) s where p.role = 'employee' and hashtext(p.id::text || 'there') % 10 <> 0
      order by 1`;
  const window = {
    windowFromMs: Date.parse('2026-11-20T06:00:00Z'),
    windowUntilMs: Date.parse('2026-11-20T16:00:00Z'),
  };
  const due = { fromMs: Date.parse('2026-11-20T07:00:00Z'), toMs: Date.parse('2026-11-20T15:00:00Z') };
  const plan = { shifts: [{ name: 'Early', ...window, ...due, lateFromMs: due.fromMs + 360_000 }], leave: [] };
  await w.sql`
    insert into live_plans (employee_id, date, from_at, until_at, plan, site_id)
    select p.id, d::date, d, d + interval '1 day', ${JSON.stringify(plan)}, p.site_id from people p
    cross join generate_series(timestamptz '2026-11-18 23:00Z', timestamptz '2026-11-21 23:00Z', interval '1 day') d
    where p.role = 'employee'`;
  await w.sql`analyze`;
}, 120_000);
afterAll(() => w.drop());

describe('a site’s board reads', () => {
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  const lowestId = lowestSessionId(nowMs - 40 * 3_600_000);

  it('plans in a stretch of an index', async () => {
    const { text: plan } = await explainLast(w.sql, (sql) => loadSitePlans(sql, site, nowMs));
    expect(plan).toMatch(/Index Scan (using|on) live_plans_site/);
    expect(plan).not.toContain('Seq Scan on live_plans');
  });

  it('sessions in a stretch of an index, and open ones by another', async () => {
    const { text: plan } = await explainLast(w.sql, (sql) =>
      loadSiteStays(sql, { siteId: site, nowMs, sinceMs: nowMs - 26 * 3_600_000, lowestId }),
    );
    for (const index of ['attendance_sessions_(site|pkey)', 'attendance_sessions_open_at_site'])
      expect(plan).toMatch(new RegExp(`Index (Only )?Scan (using|on) ${index}`));
    expect(plan).not.toContain('Seq Scan on attendance_sessions');
  });
});

it('answers its counts and a page, and the whole of it', async () => {
  const page = await hr.send('GET', `/api/attendance/live?siteId=${site}&limit=100`);
  const { counts } = page.body.sites[0];
  expect(Object.values(counts as Record<string, number>).reduce((sum, n) => sum + n, 0)).toBe(people / 2);
  expect(counts.in + counts.out + counts.missing).toBe(people / 2);
  expect(page.body.data).toHaveLength(100);
  const whole = await hr.send('GET', `/api/attendance/live?siteId=${site}&whole=true`);
  expect([whole.body.data.length, whole.body.meta.nextCursor]).toEqual([people / 2, null]);
  if (process.env.SHOW_PLAN)
    for (const query of ['limit=100', 'state=missing&limit=100', 'whole=true']) {
      const took: number[] = [];
      const cpu = process.cpuUsage();
      for (let i = 0; i < 40; i++) {
        const start = performance.now();
        await hr.send('GET', `/api/attendance/live?siteId=${site}&${query}`);
        took.push(performance.now() - start);
      }
      took.sort((a, b) => a - b);
      console.log(
        query,
        'best',
        took[0]?.toFixed(1),
        'p50',
        took[20]?.toFixed(1),
        'worst of 40',
        took[39]?.toFixed(1),
        'own cpu',
        (process.cpuUsage(cpu).user / 40_000).toFixed(1),
      );
    }
}, 120_000);
