import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { adjust, ask, hr, newType, site, team, w } from './support.ts';

describe('leave types', () => {
  it('are made once per key, read by everybody, changed and made inactive; one that was used is not deleted', async () => {
    const body = { name: `Annual ${v7()}`, entitlement: 28.5, carryOverLimit: 5, carryOverMonths: 3 };
    const headers = { 'idempotency-key': v7() };
    const made = await hr.send('POST', '/api/leave/types', { body, headers });
    expect(made.headers.get('location')).toBe(`/api/leave/types/${made.body.id}`);
    expect((await hr.send('POST', '/api/leave/types', { body, headers })).body).toEqual(made.body);
    expect(made.body).toMatchObject({
      entitlement: 28.5,
      carryOverLimit: 5,
      counts: 'WORKING_DAYS',
      paid: true,
      active: true,
    });
    const { id } = made.body;
    expect((await hr.send('POST', '/api/leave/types', { body })).body.code).toBe('name_taken');
    const changed = await hr.send('PATCH', `/api/leave/types/${id}`, { body: { entitlement: 30, halfDays: false } });
    expect(changed.body).toMatchObject({ entitlement: 30, halfDays: false, version: 2 });
    expect((await hr.send('PATCH', `/api/leave/types/${id}`, { body: { entitlement: 30 } })).body.version).toBe(2);
    const ann = await w.person({ at: site });
    expect((await ann.send('GET', `/api/leave/types/${id}`)).body).toEqual(changed.body);
    expect((await ann.send('GET', '/api/leave/types?limit=100')).body.data).toContainEqual(changed.body);
    await adjust(ann.actor.id, id, 1);
    expect((await hr.send('DELETE', `/api/leave/types/${id}`)).body.code).toBe('in_use');
    await hr.send('PATCH', `/api/leave/types/${id}`, { body: { active: false } });
    expect((await ask(ann, id, '2026-06-01')).status).toBe(404);
    const unused = await newType();
    expect((await hr.send('DELETE', `/api/leave/types/${unused}`)).status).toBe(204);
    expect((await hr.send('GET', `/api/leave/types/${unused}`)).status).toBe(404);
  });

  it('are for hr, and refuse what makes no sense', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    for (const who of [manager, ann]) {
      expect((await who.send('POST', '/api/leave/types', { body: { name: 'x' } })).status).toBe(403);
      expect((await who.send('PATCH', `/api/leave/types/${type}`, { body: { name: 'x' } })).status).toBe(403);
      expect((await who.send('DELETE', `/api/leave/types/${type}`)).status).toBe(403);
      expect((await who.send('POST', `/api/leave/types/${type}/grant`, { body: { year: 2026 } })).status).toBe(403);
      const body = { employeeId: ann.actor.id, typeId: type, on: '2026-06-01', days: 1, note: 'mine' };
      expect((await who.send('POST', '/api/leave/adjustments', { body })).status).toBe(403);
    }
    for (const wrong of [
      { entitlement: 0.3 },
      { entitlement: 367 },
      { yearStartsIn: 13 },
      { carryOverMonths: 12 },
      { name: '' },
      { x: 1 },
    ])
      expect((await hr.send('POST', '/api/leave/types', { body: { name: 'x', ...wrong } })).status).toBe(400);
  });
});
