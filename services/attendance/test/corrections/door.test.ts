import { describe, expect, it } from 'vitest';
import { checkIn, checkOut } from '../harness.ts';
import { addOut, ann, ask, boss, decide, world } from './support.ts';

describe('the door', () => {
  const today = async () => (await ann.send('GET', '/api/attendance/today')).body;

  it('lets somebody in whose forgotten check-out was corrected', async () => {
    world.clock.set('2026-11-19T08:00:00Z');
    await checkIn(ann);
    world.clock.set('2026-11-20T08:00:00Z');
    expect((await checkIn(ann)).body.code).toBe('already_checked_in');
    const { body } = await ask(ann, addOut);
    expect((await checkIn(ann)).status).toBe(409);
    await decide(boss, body.id);
    const list = await ann.send('GET', '/api/attendance');
    expect(list.body.data).toMatchObject([
      { checkOutAt: '2026-11-19T16:00:00.000Z', status: 'closed', workedMinutes: 480 },
    ]);
    expect((await checkIn(ann)).status).toBe(201);
    expect((await checkIn(ann)).status).toBe(409);
  });

  it('forgets a check-in that never was', async () => {
    await checkIn(ann);
    const [row] =
      await world.sql`select check_in_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    world.clock.advance({ minutes: 5 });
    await ask(boss, { change: 'void', targetId: row?.id, employeeId: ann.actor.id, reason: 'It was Bob' });
    expect(await today()).toBeNull();
    expect((await checkOut(ann)).body.code).toBe('not_checked_in');
    expect((await checkIn(ann)).status).toBe(201);
  });

  it('lets somebody out who forgot to check in', async () => {
    world.clock.set('2026-11-20T16:00:00Z');
    await ask(boss, {
      change: 'add',
      type: 'IN',
      occurredAt: '2026-11-20T08:00:00Z',
      employeeId: ann.actor.id,
      reason: 'x',
    });
    expect(await today()).toMatchObject({
      status: 'open',
      checkInAt: '2026-11-20T08:00:00.000Z',
      source: 'correction',
    });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 480 } });
  });

  it('takes somebody back whose check-out was not one', async () => {
    await checkIn(ann);
    world.clock.advance({ hours: 1 });
    await checkOut(ann);
    const [row] =
      await world.sql`select check_out_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    await ask(boss, { change: 'void', targetId: row?.id, employeeId: ann.actor.id, reason: 'Pressed the wrong key' });
    expect(await today()).toMatchObject({ status: 'open' });
    world.clock.advance({ hours: 1 });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 120 } });
  });

  it('knows when somebody really came', async () => {
    await checkIn(ann);
    const [row] =
      await world.sql`select check_in_punch_id as id from attendance_sessions where employee_id = ${ann.actor.id}`;
    const change = { change: 'replace', type: 'IN', occurredAt: '2026-11-20T07:00:00Z', reason: 'Queue at the gate' };
    await ask(boss, { ...change, targetId: row?.id, employeeId: ann.actor.id });
    expect(await today()).toMatchObject({ status: 'open', checkInAt: '2026-11-20T07:00:00.000Z' });
    world.clock.advance({ hours: 1 });
    expect(await checkOut(ann)).toMatchObject({ status: 201, body: { workedMinutes: 180 } });
  });
});
