import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { cutAtLocks } from '../../src/domain/corrections/locked-months.ts';
import { projectPerson } from '../../src/verbs/project-person.ts';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { drain, punch, storedDays } from './facts.ts';
import { ann, hr, late, lock, site, unlock, who, work, world } from './month-support.ts';

describe('a closed month', () => {
  it('counts what had arrived, though nobody had derived it yet', async () => {
    await work('2026-10-05');
    expect((await world.sql`select 1 from day_queue where employee_id = ${ann.actor.id}`).length).toBeGreaterThan(0);
    const { status, body } = await lock();
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { siteId: site, month: '2026-10', people: 1, forced: false, lockedBy: hr.actor.id },
    ]);
    expect(await storedDays(world.sql, ann.actor.id)).toMatchObject([{ worked_ms: 8 * 3_600_000 }]);
    expect((await late()).body.data).toEqual([]);
  });

  it('keeps its days whatever comes, shows what waits, and counts it when it is opened', async () => {
    const [inId, outId] = await work('2026-10-05');
    await lock();
    const closed = await storedDays(world.sql, ann.actor.id);
    const lateIn = await punch(world.sql, who, 'IN', '2026-10-05T17:00:00Z');
    const lateOut = await punch(world.sql, who, 'OUT', '2026-10-05T18:00:00Z');
    // And one on a date that had no row.
    await work('2026-10-07');
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);
    await rebuildDays(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);

    const { body } = await late();
    expect(body.data).toMatchObject([
      {
        employeeId: ann.actor.id,
        date: '2026-10-05',
        before: { workedMinutes: 480 },
        after: { workedMinutes: 540 },
        facts: [
          { id: lateIn, kind: 'punch', type: 'IN', source: 'kiosk' },
          { id: lateOut, kind: 'punch', type: 'OUT' },
        ],
      },
      { date: '2026-10-07', before: null, after: { workedMinutes: 480 } },
    ]);
    expect([inId, outId]).not.toContain(body.data[0].facts[0].id);

    const opened = await unlock({ reason: 'The kiosk was offline' });
    expect(opened.body.data).toMatchObject([{ unlockedBy: hr.actor.id, unlockReason: 'The kiosk was offline' }]);
    await drain(world.deps);
    expect((await late()).body.data).toEqual([]);
    const incremental = await storedDays(world.sql, ann.actor.id);
    expect(incremental.map(({ worked_ms }) => worked_ms)).toEqual([9 * 3_600_000, 8 * 3_600_000]);
    await world.sql`delete from attendance_days where employee_id = ${ann.actor.id}`;
    await rebuildDays(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(incremental);
  });

  it('forgets what waited when the facts come out the same after all', async () => {
    const [inId] = await work('2026-10-05');
    await lock();
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'void', ${inId}, now(), ${hr.actor.id})`;
    await drain(world.deps);
    expect((await late()).body.data).toMatchObject([{ date: '2026-10-05', after: { workedMinutes: 0 } }]);
    const [correction] = await world.sql`select id from corrections where employee_id = ${ann.actor.id}`;
    await world.sql`
      insert into corrections (id, employee_id, change, target_id, decided_at, decided_by)
      values (${v7()}, ${ann.actor.id}, 'void', ${correction?.id}, now(), ${hr.actor.id})`;
    await drain(world.deps);
    expect((await late()).body.data).toEqual([]);
  });

  it('holds its own days only: those before and after go on, and a night belongs to the date it began', async () => {
    await lock();
    await work('2026-09-30');
    await work('2026-11-02');
    await punch(world.sql, who, 'IN', '2026-10-31T22:30:00Z');
    await punch(world.sql, who, 'OUT', '2026-11-01T05:00:00Z');
    await drain(world.deps);
    const days = await storedDays(world.sql, ann.actor.id);
    expect(days.map(({ date, worked_ms }) => [date, worked_ms])).toEqual([
      ['2026-09-30', 8 * 3_600_000],
      ['2026-11-02', 8 * 3_600_000],
    ]);
    expect((await late()).body.data).toMatchObject([
      { date: '2026-10-31', before: null, after: { workedMinutes: 390 } },
    ]);
  });

  it('stays closed for a person who moves to another site', async () => {
    await work('2026-10-05');
    await lock();
    const closed = await storedDays(world.sql, ann.actor.id);
    await world.sql`update people set site_id = ${await world.site('Europe/Berlin')} where id = ${ann.actor.id}`;
    await punch(world.sql, who, 'IN', '2026-10-06T08:00:00Z');
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toEqual(closed);
    await unlock();
    await drain(world.deps);
    expect(await storedDays(world.sql, ann.actor.id)).toHaveLength(2);
  });

  it('is closed for who is heard of only afterwards, too', async () => {
    await lock();
    const employeeId = v7();
    const after = {
      ...{
        email: 'new@muster.example',
        name: 'New',
        role: 'employee' as const,
        position: 'x',
        phone: null,
        workId: null,
      },
      ...{
        department: null,
        departmentId: null,
        siteId: site,
        managerId: null,
        hiredOn: null,
        status: 'active' as const,
      },
    };
    const event = { id: v7(), version: 1, employeeId, after, occurredAt: '2026-11-20T08:00:00Z' };
    await projectPerson(world.sql, event as unknown as Parameters<typeof projectPerson>[1]);
    await punch(world.sql, { employeeId, siteId: site }, 'IN', '2026-10-06T08:00:00Z');
    await punch(world.sql, { employeeId, siteId: site }, 'IN', '2026-11-06T08:00:00Z');
    await drain(world.deps);
    expect((await storedDays(world.sql, employeeId)).map(({ date }) => date)).toEqual(['2026-11-06']);
    expect((await late()).body.data).toMatchObject([{ employeeId, date: '2026-10-06' }]);
  });
});

it('ranges are cut where closed months begin and end', () => {
  const range = { employeeId: 'a', from: '2026-09-28', to: '2026-11-03' };
  const locked = new Map([['a', new Set(['2026-10'])]]);
  expect(cutAtLocks([range, { ...range, employeeId: 'b' }], locked)).toEqual({
    open: [
      { employeeId: 'a', from: '2026-09-28', to: '2026-09-30' },
      { employeeId: 'a', from: '2026-11-01', to: '2026-11-03' },
      { employeeId: 'b', from: '2026-09-28', to: '2026-11-03' },
    ],
    closed: [{ employeeId: 'a', from: '2026-10-01', to: '2026-10-31' }],
  });
});
