import { publishedEvents } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredRuleVersion } from '../../src/domain/timesheets/rule-version.ts';
import { cutTimeline, rulesTimeline } from '../../src/domain/timesheets/rule-version.ts';
import { listDays } from '../../src/sql/list-days.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { type Client, createWorld, type World } from '../harness.ts';
import { drain, planning, stay } from './support.ts';

const stored = (
  seq: number,
  validFrom: string,
  siteId: string | null,
  rules: string | null = '{}',
): StoredRuleVersion => ({
  id: `${seq}`,
  seq,
  siteId,
  validFrom,
  name: `${seq}`,
  rules,
  createdAtMs: 0,
});
const told = (versions: StoredRuleVersion[], siteId: string | null): string[] =>
  rulesTimeline(versions, siteId).map(({ from, rules }) => `${from} ${rules.version}`.trim());

describe('the rules of a site, date by date', () => {
  it.each([
    ['nothing was said', [], 'a', ['plain-1', '2026-11-01 plain-2']],
    ['of every site', [stored(1, '2026-01-01', null)], 'a', ['plain-1', '2026-01-01 rules-1']],
    [
      'its own go first',
      [stored(1, '2026-01-01', null), stored(2, '2026-02-01', 'a')],
      'a',
      ['plain-1', '2026-01-01 rules-1', '2026-02-01 rules-2'],
    ],
    [
      'another site has its own',
      [stored(1, '2026-01-01', null), stored(2, '2026-02-01', 'b')],
      'a',
      ['plain-1', '2026-01-01 rules-1'],
    ],
    [
      'its own stay while the common change',
      [stored(1, '2026-01-01', 'a'), stored(2, '2026-02-01', null)],
      'a',
      ['plain-1', '2026-01-01 rules-1'],
    ],
    [
      'its own end',
      [stored(1, '2026-01-01', null), stored(2, '2026-02-01', 'a'), stored(3, '2026-03-01', 'a', null)],
      'a',
      ['plain-1', '2026-01-01 rules-1', '2026-02-01 rules-2', '2026-03-01 rules-1'],
    ],
    [
      'said again for the same date',
      [stored(2, '2026-01-01', 'a'), stored(1, '2026-01-01', 'a')],
      'a',
      ['plain-1', '2026-01-01 rules-2'],
    ],
    [
      'said later for an earlier date',
      [stored(1, '2026-02-01', 'a'), stored(2, '2026-01-01', 'a')],
      'a',
      ['plain-1', '2026-01-01 rules-2', '2026-02-01 rules-1'],
    ],
    ['of nobody in particular', [stored(1, '2026-01-01', 'a')], null, ['plain-1', '2026-11-01 plain-2']],
    [
      'its own end, with none of every site',
      [stored(1, '2026-01-01', 'a'), stored(2, '2026-10-01', 'a', null), stored(3, '2026-12-01', 'a')],
      'a',
      ['plain-1', '2026-01-01 rules-1', '2026-10-01 plain-1', '2026-11-01 plain-2', '2026-12-01 rules-3'],
    ],
  ] as [string, StoredRuleVersion[], string | null, string[]][])('%s', (_, versions, siteId, expected) => {
    expect(told(versions, siteId)).toEqual(expected);
    expect(told(versions.toReversed(), siteId)).toEqual(expected);
  });

  it('are cut to the dates that are asked for', () => {
    const timeline = rulesTimeline([stored(1, '2026-02-01', null), stored(2, '2026-03-01', null)], null);
    const cut = (from: string, to: string) => {
      const { rules, ruleChanges } = cutTimeline(timeline, from, to);
      return [rules.version, ...ruleChanges.map((change) => change.from)].join(' ');
    };
    expect(cut('2026-01-01', '2026-01-31')).toBe('plain-1');
    expect(cut('2026-01-31', '2026-02-01')).toBe('plain-1 2026-02-01');
    expect(cut('2026-02-01', '2026-02-28')).toBe('rules-1');
    expect(cut('2026-01-01', '2026-12-31')).toBe('plain-1 2026-02-01 2026-03-01');
  });
});

describe('/api/attendance/rules', () => {
  let world: World;
  let site: string;
  let hr: Client;
  const path = '/api/attendance/rules';
  const sources = planning({});
  beforeAll(async () => {
    world = await createWorld({ now: '2026-03-31T12:00:00Z' });
    site = await world.site('Europe/Berlin');
    hr = await world.person({ role: 'hr', at: site });
  });
  afterAll(() => world.drop());
  const paidBreaks = { breaks: { punched: 'PAID', automatic: { minutes: 30, afterMinutes: 360 } } };
  const set = (body: object, o: object = {}) => hr.send('POST', path, { body, ...o });
  const worked = async (id: string) =>
    (await listDays(world.sql, id, '2026-03-01', '2026-03-31')).map((day) => [
      day.date,
      day.rules,
      day.workedMs / 3_600_000,
    ]);

  it('count days from their date on; earlier ones keep theirs, other sites too, and a rebuild says the same', async () => {
    const other = await world.site('Europe/Berlin');
    const [ann, bob] = await Promise.all([world.person({ at: site }), world.person({ at: other })]);
    for (const { actor } of [ann, bob])
      for (const date of ['2026-03-02', '2026-03-03', '2026-03-10'])
        await stay(world, actor.id, `${date}T08:00+01:00`, `${date}T16:00+01:00`);
    await drain(world, sources);
    const { status, body, headers } = await set({
      siteId: site,
      validFrom: '2026-03-03',
      name: 'Breaks',
      rules: paidBreaks,
    });
    expect([status, headers.get('location')]).toEqual([201, `${path}/${body.id}`]);
    expect(await world.sql`select employee_id, from_date from day_queue`).toEqual([
      { employee_id: ann.actor.id, from_date: '2026-02-27' },
    ]);
    await drain(world, sources);
    const expected = [
      ['2026-03-02', 'plain-1', 8],
      ['2026-03-03', body.version, 7.5],
      ['2026-03-10', body.version, 7.5],
    ];
    expect(await worked(ann.actor.id)).toEqual(expected);
    expect((await worked(bob.actor.id)).map(([, , hours]) => hours)).toEqual([8, 8, 8]);
    const before = await world.sql`select * from attendance_days order by employee_id, date`;
    await world.sql`delete from attendance_days`;
    await rebuildDays({ ...world.deps, daySources: sources });
    expect(await world.sql`select * from attendance_days order by employee_id, date`).toEqual(before);

    // The end of its own rules, and a common version beside it.
    const common = await set({ validFrom: '2026-03-10', name: 'For all', rules: { repeatMinutes: 2 } });
    const end = await set({ siteId: site, validFrom: '2026-03-10', name: 'As everywhere', rules: null });
    expect([common.status, end.status, end.body.rules]).toEqual([201, 201, null]);
    await drain(world, sources);
    expect(await worked(ann.actor.id)).toEqual([...expected.slice(0, 2), ['2026-03-10', common.body.version, 8]]);
    expect((await worked(bob.actor.id)).at(-1)).toEqual(['2026-03-10', common.body.version, 8]);
  });

  it('come back as they were said, with what was left out', async () => {
    const week = { anchorAt: '2026-01-05T00:00:00.000Z', afterMinutes: 2400, maxMinutes: 0 };
    const { body } = await set({ siteId: site, validFrom: '2026-12-01', name: 'Weeks', rules: { week } });
    expect(body.rules).toMatchObject({ week, punches: 'BY_TYPE', overtime: null, standardDayMinutes: 480 });
    expect((await hr.send('GET', `${path}/${body.id}`)).body).toEqual(body);
    const first = await hr.send('GET', `${path}?limit=1&siteId=${site}`);
    expect(first.body.data).toEqual([body]);
    const next = await hr.send('GET', `${path}?limit=1&siteId=${site}&cursor=${first.body.meta.nextCursor}`);
    expect(next.body.data[0].name).toBe('As everywhere');
    expect((await publishedEvents(world.sql, 'attendance.rules-changed.v1')).length).toBe(4);
  });

  it('are said once per key', async () => {
    const body = { siteId: site, validFrom: '2026-12-24', name: 'Once', rules: {} };
    const headers = { 'idempotency-key': 'once' };
    const [one, two] = [await set(body, { headers }), await set(body, { headers })];
    expect(two.body).toEqual(one.body);
    expect((await set({ ...body, name: 'Twice' }, { headers })).status).toBe(422);
  });

  it('are refused where they cannot be', async () => {
    const good = { siteId: site, validFrom: '2026-12-24', name: 'x', rules: {} };
    for (const bad of [
      { ...good, rules: null, siteId: undefined },
      { ...good, rules: { longestStayMinutes: 2161 } },
      { ...good, rules: { rounding: { begin: { toMinutes: 7, how: 'UP' } } } },
      { ...good, rules: { autoClose: { by: 'FIXED', time: '24:00' } } },
      { ...good, rules: { surprise: 1 } },
      { ...good, validFrom: '1999-12-31' },
      { ...good, name: '' },
    ])
      expect([(await set(bad)).status, bad]).toEqual([400, bad]);
    expect((await set({ ...good, siteId: v7() })).status).toBe(404);
    expect((await hr.send('GET', `${path}/${v7()}`)).status).toBe(404);
    const [employee, kiosk] = [await world.person({ at: site }), await world.kiosk(site)];
    expect((await employee.send('POST', path, { body: good })).status).toBe(403);
    expect((await employee.send('GET', path)).status).toBe(200);
    expect((await kiosk.send('GET', path)).status).toBe(403);
  });

  it('do not reach into a closed month', async () => {
    await world.sql`
      insert into month_locks (id, site_id, month, locked_at, locked_by, forced, people)
      values (${v7()}, ${site}, '2026-05-01', now(), ${hr.actor.id}, false, 0)`;
    const body = { name: 'Late', rules: {} };
    expect((await set({ ...body, siteId: site, validFrom: '2026-05-31' })).body.code).toBe('month_locked');
    expect((await set({ ...body, validFrom: '2026-04-30' })).body.code).toBe('month_locked');
    expect((await set({ ...body, siteId: site, validFrom: '2026-06-01' })).status).toBe(201);
  });
});
