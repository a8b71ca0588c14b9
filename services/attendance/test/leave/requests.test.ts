import { leaveRequest, leaveRequests } from '@muster/contracts/http/attendance-leave';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { act, adjust, ask, balanceOf, hr, newType, published, site, sourceOf, statusOf, team, w } from './support.ts';

describe('asking for leave', () => {
  it('takes days and balance at once, waits, is approved, and is in the person’s days', async () => {
    const type = await newType({ entitlement: 20 });
    const { manager, ann } = await team();
    await adjust(ann.actor.id, type, 10);
    const asked = await ask(ann, type, '2026-06-05', '2026-06-08', { firstDay: 'SECOND_HALF', note: 'Wedding' });
    expect(asked.status).toBe(201);
    const request = leaveRequest.parse(asked.body);
    expect(request).toMatchObject({
      days: 1.5,
      status: 'pending',
      employeeId: ann.actor.id,
      note: 'Wedding',
      decidedAt: null,
    });
    expect(asked.headers.get('location')).toBe(`/api/leave/requests/${request.id}`);
    expect(await balanceOf(ann, type)).toMatchObject({
      balance: 8.5,
      requested: 1.5,
      taken: 0,
      adjusted: 10,
      limited: true,
    });
    expect(await sourceOf(ann.actor.id)).toEqual([]);
    const approved = await act(manager, request.id, 'approve');
    expect(approved.body).toMatchObject({ status: 'approved', version: 2 });
    expect(await balanceOf(ann, type)).toMatchObject({ balance: 8.5, requested: 0, taken: 1.5 });
    // The weekend stays a weekend.
    expect(await sourceOf(ann.actor.id)).toEqual([
      ['2026-06-05', 'SECOND_HALF'],
      ['2026-06-08', 'FULL'],
    ]);
    expect(await statusOf(ann.actor.id, '2026-06-08')).toEqual(['ON_LEAVE']);
    expect(await published(request.id)).toEqual(['leave-requested.v1', 'leave-approved.v1']);
    expect((await ann.send('GET', `/api/leave/requests/${request.id}`)).body).toEqual(approved.body);
  });

  it('is made once per key', async () => {
    const type = await newType();
    const ann = await w.person({ at: site });
    const headers = { 'idempotency-key': v7() };
    const body = { typeId: type, from: '2026-06-01', to: '2026-06-02' };
    const first = await ann.send('POST', '/api/leave/requests', { body, headers });
    expect((await ann.send('POST', '/api/leave/requests', { body, headers })).body).toEqual(first.body);
    const other = await ann.send('POST', '/api/leave/requests', { body: { ...body, to: '2026-06-03' }, headers });
    expect(other.body.code).toBe('idempotency_mismatch');
    expect(await w.sql`select from leave_requests where employee_id = ${ann.actor.id}`).toHaveLength(1);
  });

  it('without approval counts at once; by who decides about the person, too', async () => {
    const [free, type] = [await newType({ needsApproval: false }), await newType()];
    const { manager, ann } = await team();
    const own = await ask(ann, free, '2026-06-01');
    expect(own.body).toMatchObject({ status: 'approved' });
    expect(await published(own.body.id)).toEqual(['leave-approved.v1']);
    const by = await ask(manager, type, '2026-06-02', '2026-06-02', { employeeId: ann.actor.id });
    expect(by.body).toMatchObject({ status: 'approved', employeeId: ann.actor.id });
    expect((await ask(manager, type, '2026-06-02')).body).toMatchObject({ status: 'pending' });
    const stranger = await w.person({ at: site });
    expect((await ask(manager, type, '2026-06-02', '2026-06-02', { employeeId: stranger.actor.id })).status).toBe(404);
    expect((await ask(ann, type, '2026-06-03', '2026-06-03', { employeeId: stranger.actor.id })).status).toBe(403);
    expect((await ask(hr, type, '2026-06-03', '2026-06-03', { employeeId: stranger.actor.id })).status).toBe(201);
    expect((await ask(hr, type, '2026-06-03', '2026-06-03', { employeeId: v7() })).status).toBe(404);
  });

  it('refuses what makes no sense', async () => {
    const whole = await newType({ halfDays: false });
    const type = await newType();
    const ann = await w.person({ at: site });
    await w.sql`update people set hired_on = '2026-05-15', left_at = '2026-09-30T12:00:00Z' where id = ${ann.actor.id}`;
    for (const [typeId, from, to, o] of [
      [type, '2026-06-02', '2026-06-01', {}],
      [type, '2026-06-01', '2027-06-02', {}],
      [type, '1999-12-31', '2000-01-03', {}],
      [type, '2026-02-30', '2026-03-02', {}],
      [type, '2026-06-01', '2026-06-01', { firstDay: 'SECOND_HALF', lastDay: 'FIRST_HALF' }],
      [type, '2026-06-01', '2026-06-01', { firstDay: 'FIRST_HALF' }],
      [type, '2026-06-01', '2026-06-01', { note: 'a\u0000' }],
      [type, '2026-06-01', '2026-06-01', { x: 1 }],
      [whole, '2026-06-01', '2026-06-01', { firstDay: 'SECOND_HALF' }],
      [whole, '2026-06-01', '2026-06-02', { lastDay: 'FIRST_HALF' }],
      [type, '2026-06-06', '2026-06-07', {}],
      [type, '2026-05-14', '2026-05-15', {}],
      [type, '2026-09-30', '2026-10-01', {}],
    ] as const)
      expect((await ask(ann, typeId, from, to, o)).status, JSON.stringify([from, to, o])).toBe(400);
    expect((await ask(ann, type, '2026-05-15', '2026-05-15')).status).toBe(201);
    expect((await ask(ann, type, '2026-09-30', '2026-09-30')).status).toBe(201);
    expect((await ask(ann, v7(), '2026-06-01')).status).toBe(404);
    const kiosk = await w.kiosk(site);
    expect((await ask(kiosk, type, '2026-06-01')).status).toBe(403);
    await w.sql`update people set status = 'deleted' where id = ${ann.actor.id}`;
    expect((await ask(ann, type, '2026-06-01')).status).toBe(403);
  });

  it('counts by the holiday list of the site', async () => {
    const there = await w.site('Europe/Berlin');
    const list = (await hr.send('POST', '/api/holidays', { body: { name: `List ${v7()}`, weeklyOff: [7] } })).body.id;
    await hr.send('PUT', `/api/holidays/${list}/days/2026-06-04`, { body: { name: 'Corpus Christi' } });
    await hr.send('PUT', `/api/holidays/sites/${there}/2026-06-01`, { body: { listId: list } });
    const ann = await w.person({ at: there });
    expect((await ask(ann, await newType(), '2026-06-01', '2026-06-07')).body.days).toBe(5);
    // Before the site has the list, Saturday is off, too.
    expect((await ask(ann, await newType(), '2026-05-25', '2026-05-31')).body.days).toBe(5);
  });

  it('is nobody’s business: others see nothing, and learn nothing', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const { id } = (await ask(ann, type, '2026-06-01')).body;
    const [stranger, otherManager] = [await w.person({ at: site }), await w.person({ role: 'manager', at: site })];
    expect((await stranger.send('GET', `/api/leave/requests/${id}`)).status).toBe(404);
    expect((await otherManager.send('GET', `/api/leave/requests/${id}`)).status).toBe(404);
    for (const what of ['approve', 'reject', 'cancel'] as const) {
      expect((await act(stranger, id, what)).status).toBe(403);
      expect((await act(otherManager, id, what)).status).toBe(404);
      expect((await act(manager, v7(), what)).status).toBe(404);
    }
    expect((await act(ann, id, 'approve')).status).toBe(403);
    for (const path of ['balances', 'entries'])
      expect((await otherManager.send('GET', `/api/leave/${path}?employeeId=${ann.actor.id}`)).status).toBe(404);
    const listed = async (who: Client, query = '') =>
      leaveRequests
        .parse((await who.send('GET', `/api/leave/requests?limit=100${query}`)).body)
        .data.map((one) => one.id);
    expect(await listed(ann)).toEqual([id]);
    expect(await listed(manager)).toEqual([id]);
    expect(await listed(otherManager)).toEqual([]);
    expect(await listed(stranger, `&employeeId=${ann.actor.id}`)).toEqual([]);
    expect(await listed(hr, `&employeeId=${ann.actor.id}`)).toEqual([id]);
    expect((await w.app.request(`/api/leave/requests/${id}`)).status).toBe(401);
  });

  it('nobody decides about their own leave', async () => {
    const type = await newType();
    const { id } = (await ask(hr, type, '2026-06-01')).body;
    expect((await act(hr, id, 'approve')).status).toBe(409);
    const admin = await w.person({ role: 'admin' });
    expect((await act(admin, id, 'approve')).status).toBe(200);
    await act(hr, id, 'cancel');
  });
});
