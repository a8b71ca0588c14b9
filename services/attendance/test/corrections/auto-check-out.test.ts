import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DaySources } from '../../src/day-sources.ts';
import type { AutoCloseRule } from '../../src/domain/days/index.ts';
import { createAutoCheckOuts } from '../../src/jobs/auto-check-out-schedule.ts';
import { storedSources } from '../../src/sources/index.ts';
import { autoCheckOut } from '../../src/verbs/corrections/auto-check-out.ts';
import { nextAutoCheckOut } from '../../src/verbs/corrections/next-auto-check-out.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { dayShift } from '../days/scenario.ts';
import { type Client, checkIn, checkOut, createWorld, type World } from '../harness.ts';
import { drain, punch, storedDays } from './facts.ts';

let world: World;
let site: string;
let hr: Client;
let ann: Client;
beforeAll(async () => {
  world = await createWorld();
  hr = await world.person({ role: 'hr' });
});
afterAll(() => world.drop());
beforeEach(async () => {
  await world.sql`truncate attendance_days, punches, attendance_sessions, outbox, day_queue, locked_months, month_locks, waiting_days`;
  world.clock.set('2026-11-19T08:00:00Z');
  site = await world.site('Europe/Berlin');
  ann = await world.person({ at: site });
});

/** Everybody's day is eight hours, and closed by itself half an hour later. */
const closing =
  (autoClose: AutoCloseRule): DaySources =>
  async (...asked) =>
    new Map(
      [...(await storedSources(...asked))].map(([id, context]) => [
        id,
        { ...context, rules: { ...context.rules, autoClose }, ruleChanges: [] },
      ]),
    );
const deps = () => ({ ...world.deps, daySources: closing({ by: 'TOLERANCE', minutes: 30 }) });
const derive = () => drain(deps());
const close = () => autoCheckOut(deps());
const today = async () => (await ann.send('GET', '/api/attendance/today')).body;
const autos = () => world.sql`select * from punches where source = 'auto' order by employee_id, occurred_at`;
const told = async (): Promise<string[]> =>
  (await world.sql<{ type: string }[]>`select type from outbox order by id`).map(
    ({ type }) => type.split('.')[1] ?? '',
  );
const day = async () => (await storedDays(world.sql, ann.actor.id))[0];

describe('a missed check-out', () => {
  it('is written when its time has come, not before, and closes the door behind the person', async () => {
    await checkIn(ann);
    await derive();
    expect((await nextAutoCheckOut(deps()))?.toString()).toBe('2026-11-19T16:30:00Z');
    world.clock.set('2026-11-19T16:29:59.999Z');
    expect(await close()).toBe(0);
    expect(await today()).toMatchObject({ status: 'open' });
    world.clock.set('2026-11-19T16:30:00Z');
    expect(await close()).toBe(1);
    expect(await today()).toMatchObject({ status: 'closed', checkOutAt: '2026-11-19T16:30:00.000Z' });
    expect(await autos()).toMatchObject([
      {
        type: 'OUT',
        occurred_at: new Date('2026-11-19T16:30:00Z'),
        site_id: site,
        zone: 'Europe/Berlin',
        local_date: '2026-11-19',
        utc_offset_minutes: 60,
      },
    ]);
    expect(await day()).toMatchObject({
      flags: ['OFF_SHIFT', 'AUTO_CLOSED'],
      worked_ms: 8.5 * 3_600_000,
      auto_close_at: null,
    });
    expect(await told()).toEqual(expect.arrayContaining(['checked-in', 'auto-checked-out']));
    const [event] = await world.sql`select payload from outbox where type = 'attendance.auto-checked-out.v1'`;
    expect(event?.payload.data).toMatchObject({
      employeeId: ann.actor.id,
      date: '2026-11-19',
      checkOutAt: '2026-11-19T16:30:00.000Z',
      actor: { role: 'system' },
    });
    expect(await close()).toBe(0);
    expect(await nextAutoCheckOut(deps())).toBeUndefined();
    world.clock.set('2026-11-20T08:00:00Z');
    expect((await checkIn(ann)).status).toBe(201);
  });

  it('is written once by many at once in two processes', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => world.person({ at: site })));
    await Promise.all(people.map((one) => checkIn(one)));
    await derive();
    world.clock.set('2026-11-20T08:00:00Z');
    const written = await Promise.all(Array.from({ length: 6 }, close));
    expect(written.reduce((a, b) => a + b)).toBe(12);
    expect(await autos()).toHaveLength(12);
    expect((await told()).filter((type) => type === 'auto-checked-out')).toHaveLength(12);
    await derive();
    const incremental = await world.sql`select * from attendance_days order by employee_id, date`;
    await world.sql`delete from attendance_days`;
    await rebuildDays(deps());
    expect([...(await world.sql`select * from attendance_days order by employee_id, date`)]).toEqual([...incremental]);
  });

  it('is not written for whoever left after the day was looked at', async () => {
    await checkIn(ann);
    await derive();
    world.clock.set('2026-11-19T16:00:00Z');
    await checkOut(ann);
    world.clock.set('2026-11-19T17:00:00Z');
    // The stored day still says that she is in.
    expect(await close()).toBe(0);
    expect(await autos()).toEqual([]);
    expect(await day()).toMatchObject({ worked_ms: 8 * 3_600_000 });
  });

  it('is replaced by a real one at the door, which was late', async () => {
    await checkIn(ann);
    await derive();
    world.clock.set('2026-11-19T16:30:00Z');
    await close();
    world.clock.set('2026-11-19T18:00:00Z');
    const left = await checkOut(ann);
    expect(left).toMatchObject({ status: 201, body: { workedMinutes: 600, checkOutAt: '2026-11-19T18:00:00.000Z' } });
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
    await derive();
    expect(await day()).toMatchObject({ flags: ['OFF_SHIFT'], worked_ms: 10 * 3_600_000 });
    expect((await ann.send('GET', '/api/attendance')).body.data).toMatchObject([
      { id: left.body.id, workedMinutes: 600 },
    ]);
  });

  it('is not replaced at the door once the person came again, or so long after', async () => {
    await checkIn(ann);
    await derive();
    world.clock.set('2026-11-19T17:00:00Z');
    await close();
    world.clock.set('2026-11-20T00:00:01Z');
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
    await checkIn(ann);
    world.clock.advance({ hours: 1 });
    expect((await checkOut(ann)).body).toMatchObject({ workedMinutes: 60 });
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
  });

  it('can be corrected, and is not written again', async () => {
    await checkIn(ann);
    await derive();
    world.clock.set('2026-11-19T17:00:00Z');
    await close();
    const [auto] = await autos();
    const body = {
      change: 'replace',
      targetId: auto?.id,
      type: 'OUT',
      occurredAt: '2026-11-19T15:00:00Z',
      reason: 'Left early',
    };
    const answer = await hr.send('POST', '/api/attendance/corrections', {
      body: { ...body, employeeId: ann.actor.id },
    });
    expect(answer.body.target).toMatchObject({ source: 'auto' });
    expect(await today()).toMatchObject({ checkOutAt: '2026-11-19T15:00:00.000Z' });
    await derive();
    expect(await day()).toMatchObject({ worked_ms: 7 * 3_600_000 });
    const undo = { change: 'void', employeeId: ann.actor.id, reason: 'She is here' };
    await hr.send('POST', '/api/attendance/corrections', { body: { ...undo, targetId: answer.body.id } });
    await hr.send('POST', '/api/attendance/corrections', { body: { ...undo, targetId: auto?.id } });
    await derive();
    expect(await close()).toBe(0);
    expect(await autos()).toHaveLength(1);
    expect(await nextAutoCheckOut(deps())).toBeUndefined();
  });

  it('of a closed month is a fact that waits', async () => {
    world.clock.set('2026-10-30T08:00:00Z');
    await checkIn(ann);
    await derive();
    await hr.send('POST', '/api/attendance/months/2026-10/lock', { body: { siteId: site, force: true } });
    const closed = await storedDays(world.sql, ann.actor.id);
    world.clock.set('2026-11-19T08:00:00Z');
    expect(await close()).toBe(1);
    expect(await close()).toBe(0);
    await derive();
    expect((await day())?.day).toBe(closed[0]?.day);
    const late = await hr.send('GET', `/api/attendance/months/2026-10/late?siteId=${site}`);
    expect(late.body.data).toMatchObject([{ after: { workedMinutes: 510 }, facts: [{ source: 'auto' }] }]);
  });

  it('of one person does not wait for that of another', async () => {
    const bob = await world.person({ at: site });
    await checkIn(ann);
    await checkIn(bob);
    await derive();
    world.clock.set('2026-11-19T17:00:00Z');
    await world.sql.unsafe(
      `alter table punches add constraint poison check (source <> 'auto' or employee_id <> '${ann.actor.id}')`,
    );
    await expect(close()).rejects.toThrow(/poison/);
    await world.sql`alter table punches drop constraint poison`;
    expect((await autos()).map(({ employee_id }) => employee_id)).toEqual([bob.actor.id]);
    expect(await close()).toBe(1);
  });
});

describe('where nobody said rules', () => {
  it('is written two hours after the day is full, so that who forgot comes in the next morning', async () => {
    await checkIn(ann);
    await drain(world.deps);
    world.clock.set('2026-11-19T17:59:59Z');
    expect(await autoCheckOut(world.deps)).toBe(0);
    world.clock.set('2026-11-20T07:00:00Z');
    expect((await checkIn(ann)).body.code).toBe('already_checked_in');
    expect(await autoCheckOut(world.deps)).toBe(1);
    expect(await autos()).toMatchObject([{ occurred_at: new Date('2026-11-19T18:00:00Z') }]);
    expect(await told()).toContain('auto-checked-out');
    expect((await checkIn(ann)).status).toBe(201);
    expect((await ann.send('GET', '/api/attendance')).body.data).toMatchObject([
      { status: 'open' },
      { checkOutAt: '2026-11-19T18:00:00.000Z' },
    ]);
  });

  it('is written two hours after a shift is full', async () => {
    const sources: DaySources = async (...asked) =>
      new Map(
        [...(await storedSources(...asked))].map(([id, context]) => [
          id,
          {
            ...context,
            shifts: [
              { date: '2026-11-19', zone: 'Europe/Berlin', shift: { ...dayShift, end: '13:00' }, source: 'ASSIGNMENT' },
            ],
          },
        ]),
      );
    await checkIn(ann);
    await drain({ ...world.deps, daySources: sources });
    expect((await nextAutoCheckOut(world.deps))?.toString()).toBe('2026-11-19T14:00:00Z');
  });

  it('is not written for the months before there was such a rule: nobody said so when they were counted', async () => {
    world.clock.set('2026-10-31T08:00:00Z');
    await checkIn(ann);
    world.clock.set('2026-11-19T08:00:00Z');
    await drain(world.deps);
    expect(await nextAutoCheckOut(world.deps)).toBeUndefined();
  });
});

it.each([
  ['closes what rules do not speak of', {}, '2026-11-19T18:00:00Z'],
  ['never closes what rules leave to people', { autoClose: null }, undefined],
])('%s', async (_, rules, at) => {
  const body = { siteId: site, validFrom: '2020-01-01', name: 'Own', rules };
  expect((await hr.send('POST', '/api/attendance/rules', { body })).status).toBe(201);
  await checkIn(ann);
  await drain(world.deps);
  expect((await nextAutoCheckOut(world.deps))?.toString()).toBe(at);
});

describe('the job', () => {
  it('is registered for the next one, again when that changes, and does the work of one that got lost', async () => {
    const asked: string[] = [];
    const schedule = async ({ name, dueAt }: { name: string; dueAt: Temporal.Instant }) => {
      asked.push(`${name} ${dueAt}`);
    };
    const sweep = createAutoCheckOuts(deps(), { schedule });
    await sweep.keep();
    expect(asked).toEqual([]);
    await checkIn(ann);
    await derive();
    await sweep.keep();
    await sweep.keep();
    expect(asked).toEqual(['auto-check-out 2026-11-19T16:30:00Z']);
    world.clock.set('2026-11-19T07:00:00Z');
    await punch(
      world.sql,
      { employeeId: (await world.person({ at: site })).actor.id, siteId: site },
      'IN',
      '2026-11-19T07:00:00Z',
    );
    await derive();
    await sweep.keep();
    expect(asked.at(-1)).toBe('auto-check-out 2026-11-19T15:30:00Z');
    world.clock.set('2026-11-19T15:30:00Z');
    await sweep.jobs['auto-check-out']?.();
    expect(await autos()).toHaveLength(1);
    expect(asked.at(-1)).toBe('auto-check-out 2026-11-19T16:30:00Z');
    // This one never comes; another process starts.
    world.clock.set('2026-11-19T16:31:59Z');
    await createAutoCheckOuts(deps(), { schedule }).keep();
    expect(await autos()).toHaveLength(1);
    world.clock.set('2026-11-19T16:32:01Z');
    await createAutoCheckOuts(deps(), { schedule }).keep();
    expect(await autos()).toHaveLength(2);
  });
});

it('a job never comes before its time, and one that does all the same is registered again', async () => {
  const asked: string[] = [];
  const schedule = async ({ dueAt }: { dueAt: Temporal.Instant }) => {
    asked.push(dueAt.toString());
  };
  world.clock.set('2026-11-19T08:00:00.7Z');
  await checkIn(ann);
  await derive();
  const sweep = createAutoCheckOuts(deps(), { schedule });
  await sweep.keep();
  world.clock.set('2026-11-19T16:30:00Z');
  await sweep.jobs['auto-check-out']?.();
  expect(await autos()).toEqual([]);
  expect(asked).toEqual(['2026-11-19T16:30:01Z', '2026-11-19T16:30:01Z']);
});

it('follows the rules of the site', async () => {
  const rules = { standardDayMinutes: 0, autoClose: { by: 'TOLERANCE', minutes: 1 } };
  const body = { siteId: site, validFrom: '2020-01-01', name: 'A minute', rules };
  expect((await hr.send('POST', '/api/attendance/rules', { body })).status).toBe(201);
  await checkIn(ann);
  await drain(world.deps);
  expect((await nextAutoCheckOut(world.deps))?.toString()).toBe('2026-11-19T08:01:00Z');
  world.clock.advance({ minutes: 1 });
  expect(await autoCheckOut(world.deps)).toBe(1);
  expect(await today()).toMatchObject({ workedMinutes: 1 });
});
