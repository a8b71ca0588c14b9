import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { assign, derive, hr, ok, shiftType, site, w } from './api.ts';

describe('shift types', () => {
  it('are created, read, listed, changed and retired', async () => {
    const made = await hr.send('POST', '/api/shifts', { body: { name: ' Night ', start: '22:00', end: '06:00' } });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/shifts/${made.body.id}`]);
    expect(made.body).toMatchObject({
      name: 'Night',
      checkInBeforeMinutes: 60,
      zone: null,
      version: 1,
      retiredAt: null,
    });
    const { id } = made.body;
    const employee = await w.person({ at: site });
    expect(await ok(employee.send('GET', `/api/shifts/${id}`))).toEqual(made.body);
    expect(
      (await ok(employee.send('GET', '/api/shifts?limit=100'))).data.map((one: { id: string }) => one.id),
    ).toContain(id);
    await ok(hr.send('DELETE', `/api/shifts/${id}`), 204);
    await ok(hr.send('DELETE', `/api/shifts/${id}`), 204);
    expect((await ok(hr.send('GET', '/api/shifts?limit=100'))).data.map((one: { id: string }) => one.id)).not.toContain(
      id,
    );
    expect((await ok(hr.send('GET', '/api/shifts?retired=true&limit=100'))).data).toContainEqual(
      expect.objectContaining({ id, version: 2, retiredAt: '2026-11-20T09:00:00.000Z' }),
    );
    expect((await hr.send('PATCH', `/api/shifts/${id}`, { body: { start: '23:00' } })).body.code).toBe('conflict');
    await ok(hr.send('POST', '/api/shifts', { body: { name: 'night', start: '22:00', end: '06:00' } }), 201);
    const taken = await hr.send('POST', '/api/shifts', { body: { name: 'NIGHT', start: '21:00', end: '05:00' } });
    expect([taken.status, taken.body.code]).toEqual([409, 'name_taken']);
  });
  it('keep what they said before the date of a change', async () => {
    const { id } = await shiftType({ lateGraceMinutes: 5 });
    const change = (body: object, headers = {}) => hr.send('PATCH', `/api/shifts/${id}`, { body, headers });
    const later = await ok(change({ start: '09:00', validFrom: '2026-12-01' }));
    expect(later.versions.map((one: { validFrom: string; start: string }) => [one.validFrom, one.start])).toEqual([
      ['2000-01-01', '08:00'],
      ['2026-12-01', '09:00'],
    ]);
    const both = await ok(change({ lateGraceMinutes: 10 }, { 'if-match': '"2"' }));
    expect(both.versions.map((v: Record<string, unknown>) => [v.validFrom, v.start, v.lateGraceMinutes])).toEqual([
      ['2000-01-01', '08:00', 5],
      ['2026-11-20', '08:00', 10],
      ['2026-12-01', '09:00', 10],
    ]);
    expect((await change({ lateGraceMinutes: 1 }, { 'if-match': '"2"' })).status).toBe(412);
    expect((await ok(change({ lateGraceMinutes: 10 }))).version).toBe(3);
  });
  it.each([
    ['a window longer than 12 hours', { checkInBeforeMinutes: 721 }],
    ['a time that is none', { start: '24:00' }],
    ['a zone that is none', { zone: 'Europe/Atlantis' }],
    ['an unknown field', { colour: 'red' }],
    ['a negative grace', { lateGraceMinutes: -1 }],
  ])('with %s are refused', async (_, o) => {
    const { status } = await hr.send('POST', '/api/shifts', {
      body: { name: 'X', start: '08:00', end: '16:00', ...o },
    });
    expect(status).toBe(400);
  });
  it('are hr’s to write, everybody’s to read, and asked for with a token', async () => {
    const manager = await w.person({ role: 'manager', at: site });
    expect(
      (await manager.send('POST', '/api/shifts', { body: { name: 'M', start: '08:00', end: '16:00' } })).status,
    ).toBe(403);
    expect((await w.app.request('/api/shifts')).status).toBe(401);
    expect((await hr.send('GET', `/api/shifts/${v7()}`)).status).toBe(404);
    expect((await hr.send('PATCH', `/api/shifts/${v7()}`, { body: { start: '09:00' } })).status).toBe(404);
  });
  it('are made once per Idempotency-Key', async () => {
    const request = {
      body: { name: `Once ${v7()}`, start: '08:00', end: '16:00' },
      headers: { 'idempotency-key': v7() },
    };
    const [a, b] = [await hr.send('POST', '/api/shifts', request), await hr.send('POST', '/api/shifts', request)];
    expect(b.body).toEqual(a.body);
  });
});

describe('a change of a shift type', () => {
  it('derives the days from its date on again, no earlier one', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    await assign({ employeeId: actor.id, shiftTypeId: id, from: '2026-11-01' });
    await derive();
    const before = await w.sql`select date, day from attendance_days where employee_id = ${actor.id} order by date`;
    await ok(hr.send('PATCH', `/api/shifts/${id}`, { body: { start: '07:00', validFrom: '2026-11-10' } }));
    await derive();
    const after = await w.sql`select date, day from attendance_days where employee_id = ${actor.id} order by date`;
    const changed = after.filter(({ day }, n) => day !== before[n]?.day).map(({ date }) => date);
    expect([changed[0], after.length]).toEqual(['2026-11-10', before.length]);
  });
});
