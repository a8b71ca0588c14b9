import { describe, expect, it } from 'vitest';
import { rebuildDays } from '../../src/verbs/rebuild-days.ts';
import { lookAhead } from '../../src/verbs/rosters/look-ahead.ts';
import type { Client } from '../harness.ts';
import { assign, dayOf, derive, draft, ok, publish, put, shiftType, site, w } from './api.ts';

describe('days of the plan', () => {
  it('are absent for whoever never came, without a punch', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    await assign({ employeeId: actor.id, shiftTypeId: id, from: '2026-11-16', to: '2026-11-19' });
    await derive();
    expect(await dayOf(actor.id, '2026-11-19')).toBe('ABSENT');
    expect(await dayOf(actor.id, '2026-11-20')).toBeUndefined();
  });
  it('follow the roster when it is published, and the look ahead each day after', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    const made = await draft({ from: '2026-11-18', to: '2026-11-30' });
    const dates = ['2026-11-18', '2026-11-20', '2026-11-28'];
    await put(
      made.id,
      dates.map((date) => ({ employeeId: actor.id, date, shiftTypeIds: [id] })),
    );
    await publish(made.id);
    await derive();
    expect(await Promise.all(dates.map((date) => dayOf(actor.id, date)))).toEqual(['ABSENT', 'PENDING', undefined]);
    const started = w.clock.now().toString();
    w.clock.advance({ hours: 24 * 9 });
    expect(await lookAhead(w.deps)).toBeGreaterThan(0);
    expect(await lookAhead(w.deps)).toBe(0);
    await derive();
    expect(await Promise.all(dates.map((date) => dayOf(actor.id, date)))).toEqual(['ABSENT', 'ABSENT', 'ABSENT']);
    w.clock.set(started);
  });
});

describe('days of the plan, kept up or derived anew', () => {
  it('are the same, to the byte', async () => {
    const [day, night] = [await shiftType(), await shiftType({ start: '22:00', end: '06:00', lateGraceMinutes: 5 })];
    const people = await Promise.all([1, 2, 3].map(() => w.person({ at: site })));
    for (const { actor } of people)
      await assign({ employeeId: actor.id, shiftTypeId: day.id, from: '2026-11-10', weekdays: [1, 2, 3, 4, 5, 6] });
    await derive();
    await ok((people[0] as Client).send('POST', '/api/attendance/check-in', { body: {} }), 201);
    const made = await draft({ from: '2026-11-12', to: '2026-11-30' });
    const dates = ['2026-11-12', '2026-11-15', '2026-11-21', '2026-11-25'];
    const entries = people.flatMap(({ actor }) =>
      dates.map((date) => ({ employeeId: actor.id, date, shiftTypeIds: [night.id] })),
    );
    await put(made.id, entries);
    await publish(made.id);
    await derive();
    const read = () => w.sql`select employee_id, date, day, due_at from attendance_days
      where employee_id in ${w.sql(people.map(({ actor }) => actor.id))} order by employee_id, date`;
    const followed = await read();
    expect([followed.length > 30, followed.at(-1)?.date]).toEqual([true, '2026-11-21']);
    await rebuildDays(w.deps);
    expect(await read()).toEqual(followed);
  });
});

describe('everything derived anew', () => {
  it('finds whoever never punched, between those who did, however small the pages', async () => {
    const { id } = await shiftType();
    const people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => w.person({ at: site })));
    for (const [n, { actor }] of people.entries())
      await assign({
        employeeId: actor.id,
        shiftTypeId: id,
        from: '2026-11-02',
        ...(n % 2 ? { to: '2026-11-13' } : {}),
      });
    const made = await draft({ from: '2026-11-16', to: '2026-11-20' });
    await put(made.id, [{ employeeId: people[1]?.actor.id, date: '2026-11-17', shiftTypeIds: [id] }]);
    await publish(made.id);
    await ok((people[2] as Client).send('POST', '/api/attendance/check-in', { body: {} }), 201);
    await lookAhead(w.deps);
    await derive();
    const mine = w.sql(people.map(({ actor }) => actor.id));
    const read = () => w.sql`select employee_id, date, day, due_at from attendance_days
      where employee_id in ${mine} order by employee_id, date`;
    const followed = await read();
    expect(new Set(followed.map((row) => row.employee_id)).size).toBe(6);
    await rebuildDays(w.deps, 2);
    expect(await read()).toEqual(followed);
    await w.sql`delete from attendance_days where employee_id in ${mine}`;
    await rebuildDays(w.deps, 2);
    expect(await read()).toEqual(followed);
  });
});
