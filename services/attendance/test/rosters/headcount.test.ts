import { setTimeout } from 'node:timers/promises';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { lockHeadcountPlan } from '../../src/sql/lock-headcount-plan.ts';
import { planRosterHeadcounts } from '../../src/verbs/rosters/plan-roster-headcounts.ts';
import type { Client } from '../harness.ts';
import { assign, draft, hr, ok, publish, put, shiftType, site, w } from './api.ts';

const leaveType = () => ok(hr.send('POST', '/api/leave/types', { body: { name: `Leave ${v7()}` } }), 201);

describe('planned headcount', () => {
  const quarters = (siteId: string) =>
    w.sql`select starts_at, check_ins, check_outs, source from planned_headcount where site_id = ${siteId}
      order by starts_at, source`.then((rows) =>
      rows.map((r) => `${r.starts_at.toISOString().slice(5, 16)} +${r.check_ins} -${r.check_outs} ${r.source}`),
    );
  it('is the roster’s by quarter of an hour, over a night too, and follows it', async () => {
    const night = await shiftType({ start: '22:05', end: '06:00' });
    const people = [await w.person({ at: site }), await w.person({ at: site }), await w.person({ at: site })];
    for (const { actor } of people)
      await assign({ employeeId: actor.id, shiftTypeId: night.id, from: '2026-11-19', to: '2026-11-20' });
    await planRosterHeadcounts(w.deps);
    // The night that began yesterday ended before now.
    expect(await quarters(site)).toEqual(['11-20T21:00 +3 -0 ROSTER', '11-21T05:00 +0 -3 ROSTER']);
    const made = await draft({ from: '2026-11-20', to: '2026-11-20' });
    await put(made.id, [{ employeeId: people[0]?.actor.id, date: '2026-11-20', shiftTypeIds: [] }]);
    await publish(made.id);
    expect(await planRosterHeadcounts(w.deps)).toBeGreaterThan(0);
    expect(await quarters(site)).toEqual(['11-20T21:00 +2 -0 ROSTER', '11-21T05:00 +0 -2 ROSTER']);
    expect(await planRosterHeadcounts(w.deps)).toBe(0);
  });
  it('is without people on leave of the whole day, and follows who goes and who stays after all', async () => {
    const { id } = await shiftType();
    const [boss, type] = [await w.person({ role: 'manager', at: site }), (await leaveType()).id];
    const people = await Promise.all([1, 2, 3].map(() => w.person({ at: site, managerId: boss.actor.id })));
    for (const { actor } of people)
      await assign({ employeeId: actor.id, shiftTypeId: id, from: '2026-11-24', to: '2026-11-24' });
    const [ann, bob, cat] = people as [Client, Client, Client];
    const ask = (who: Client, o: object = {}) =>
      ok(
        who.send('POST', '/api/leave/requests', { body: { typeId: type, from: '2026-11-24', to: '2026-11-24', ...o } }),
        201,
      );
    const of = (n: number): string[] => [`11-24T07:00 +${n} -0 ROSTER`, `11-24T15:00 +0 -${n} ROSTER`];
    const counted = async (): Promise<string[]> => {
      await planRosterHeadcounts(w.deps);
      return quarters(site);
    };
    const { id: asked } = await ask(ann);
    await ask(bob, { lastDay: 'FIRST_HALF' });
    expect(await counted()).toEqual(of(3));
    await ok(boss.send('POST', `/api/leave/requests/${asked}/approve`));
    expect(await counted()).toEqual(of(2));
    // For somebody else it is approved at once.
    const { id: given } = await ask(boss, { employeeId: cat.actor.id, from: '2026-11-20' });
    expect(await counted()).toEqual(of(1));
    await ok(boss.send('POST', `/api/leave/requests/${given}/cancel`));
    expect(await counted()).toEqual(of(2));
    // Far ahead it is counted when its time comes.
    await ask(boss, { employeeId: cat.actor.id, from: '2027-03-01', to: '2027-03-02' });
    expect(await w.sql`select from headcount_queue`).toHaveLength(0);
  });
  it('is what was planned last, whoever counts meanwhile', async () => {
    const { id } = await shiftType();
    const people = await Promise.all(Array.from({ length: 12 }, () => w.person({ at: site })));
    const count = () => planRosterHeadcounts(w.deps);
    const day = { from: '2026-11-24', to: '2026-11-24' };
    await Promise.all(
      people.flatMap(({ actor }) => [count(), assign({ employeeId: actor.id, shiftTypeId: id, ...day }), count()]),
    );
    await count();
    expect(await quarters(site)).toEqual(['11-24T07:00 +12 -0 ROSTER', '11-24T15:00 +0 -12 ROSTER']);
  });
  it('is counted after waiting for whoever wrote it, not before', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    await w.sql`insert into headcount_queue (site_id) values (${site})`;
    const waits = async () =>
      (
        await w.sql`select from pg_stat_activity where wait_event_type = 'Lock'
      and query like '%headcount_plans%' and datname = current_database()`
      ).length;
    const counting = await w.sql.begin(async (tx) => {
      await lockHeadcountPlan(tx, site);
      const started = planRosterHeadcounts(w.deps);
      while ((await waits()) === 0) await setTimeout(10);
      await assign({ employeeId: actor.id, shiftTypeId: id, from: '2026-11-24', to: '2026-11-24' });
      // Nobody counts a second time.
      await tx`delete from headcount_queue where seq in (select seq from headcount_queue for update skip locked)`;
      return [started];
    });
    await Promise.all(counting);
    expect(await quarters(site)).toEqual(['11-24T07:00 +1 -0 ROSTER', '11-24T15:00 +0 -1 ROSTER']);
  });
  it('said by hand comes before the roster’s, and neither is lost', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    const admin = await w.person({ role: 'admin' });
    const [from, to] = ['2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'];
    const say = (all: object[]) =>
      ok(admin.send('PUT', '/api/attendance/planned-headcount', { body: { siteId: site, from, to, quarters: all } }));
    await say([{ startsAt: '2026-11-23T07:00:00Z', checkIns: 40, checkOuts: 0 }]);
    await assign({ employeeId: actor.id, shiftTypeId: id, from: '2026-11-23', to: '2026-11-23' });
    await planRosterHeadcounts(w.deps);
    const plan = async () => {
      const body = await ok(admin.send('GET', `/api/attendance/scaling-plan?from=${from}&to=${to}`));
      return body.quarters.flatMap((one: { sites: { siteId: string; checkIns: number; checkOuts: number }[] }) =>
        one.sites.filter(({ siteId }) => siteId === site).map(({ checkIns, checkOuts }) => [checkIns, checkOuts]),
      );
    };
    expect(await plan()).toEqual([
      [40, 0],
      [0, 1],
    ]);
    await say([]);
    expect(await plan()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
