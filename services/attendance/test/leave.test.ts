import { eventSchemas } from '@muster/contracts';
import {
  leaveBalances,
  leaveCalendar,
  leaveEntries,
  leaveEntry,
  leaveRequest,
  leaveRequests,
  leaveType,
} from '@muster/contracts/http/attendance-leave';
import { requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaveSource } from '../src/sources/leave-source.ts';
import { recomputeDays } from '../src/verbs/recompute-days.ts';
import { type Client, checkIn, createWorld, type World } from './harness.ts';
import { publish, shiftType } from './roster-fixture.ts';

let w: World;
let site: string;
let hr: Client;
beforeAll(async () => {
  w = await createWorld({ now: '2026-05-04T07:00:00Z' });
  site = await w.site('Europe/Berlin');
  hr = await w.person({ role: 'hr', at: site });
});
afterAll(() => w.drop());

const newType = async (o: object = {}): Promise<string> => {
  const answer = await hr.send('POST', '/api/leave/types', { body: { name: `Leave ${v7()}`, ...o } });
  expect(answer.status).toBe(201);
  return leaveType.parse(answer.body).id;
};
const adjust = (employeeId: string, typeId: string, days: number, on = '2026-06-01') =>
  hr.send('POST', '/api/leave/adjustments', { body: { employeeId, typeId, on, days, note: 'test' } });
const ask = (who: Client, typeId: string, from: string, to = from, o: object = {}) =>
  who.send('POST', '/api/leave/requests', { body: { typeId, from, to, ...o } });
const act = (who: Client, id: string, what: 'approve' | 'reject' | 'cancel', body?: object) =>
  who.send('POST', `/api/leave/requests/${id}/${what}`, body ? { body } : {});
const balanceOf = async (who: Client, typeId: string, on = '2026-06-01') => {
  const { body } = await who.send('GET', `/api/leave/balances?on=${on}`);
  return leaveBalances.parse(body).data.find((one) => one.typeId === typeId);
};
const team = async () => {
  const manager = await w.person({ role: 'manager', at: site });
  const ann = await w.person({ at: site, managerId: manager.actor.id });
  return { manager, ann };
};
const sourceOf = async (employeeId: string) =>
  (
    (await leaveSource(w.sql, [{ employeeId, from: '2026-01-01', to: '2027-12-31' }], 0)).get(employeeId)?.leave ?? []
  ).map(({ date, part }) => [date, part]);
const published = async (requestId: string): Promise<string[]> =>
  (
    await w.sql<{ type: string; data: unknown }[]>`
      select type, payload->'data' as data from outbox where payload->'data'->>'requestId' = ${requestId} order by seq`
  ).map(({ type, data }) => {
    eventSchemas[type as keyof typeof eventSchemas].parse(data);
    return type.replace('attendance.', '');
  });
const drain = async (): Promise<void> => {
  while ((await recomputeDays(w.deps)) > 0);
};
const statusOf = async (employeeId: string, date: string) => {
  await drain();
  const [row] =
    await w.sql`select status, flags from attendance_days where employee_id = ${employeeId} and date = ${date}`;
  return row && [row.status, ...row.flags.filter((flag: string) => flag.includes('LEAVE'))];
};

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

describe('overlapping leave', () => {
  it('is refused, by whole and half days; what is rejected or cancelled frees its days', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const first = (await ask(ann, type, '2026-06-08', '2026-06-12', { lastDay: 'FIRST_HALF' })).body;
    for (const [from, to, o] of [
      ['2026-06-08', '2026-06-08', {}],
      ['2026-06-01', '2026-06-08', {}],
      ['2026-06-12', '2026-06-15', {}],
      ['2026-06-12', '2026-06-12', { lastDay: 'FIRST_HALF' }],
      ['2026-06-01', '2026-06-30', {}],
    ] as const) {
      const refused = await ask(ann, await newType(), from, to, o);
      expect([refused.status, refused.body.code]).toEqual([409, 'leave_overlap']);
    }
    const half = await ask(ann, type, '2026-06-12', '2026-06-15', { firstDay: 'SECOND_HALF' });
    expect(half.status).toBe(201);
    expect((await act(manager, first.id, 'reject', { note: 'Stocktaking' })).body).toMatchObject({
      status: 'rejected',
      decisionNote: 'Stocktaking',
    });
    const again = await ask(ann, type, '2026-06-08', '2026-06-12', { lastDay: 'FIRST_HALF' });
    expect(again.status).toBe(201);
    for (const { id } of [again.body, half.body]) await act(manager, id, 'approve');
    expect((await sourceOf(ann.actor.id)).filter(([date]) => date === '2026-06-12')).toEqual([
      ['2026-06-12', 'FIRST_HALF'],
      ['2026-06-12', 'SECOND_HALF'],
    ]);
    // Two halves of two requests are a whole day away.
    expect(await statusOf(ann.actor.id, '2026-06-12')).toEqual(['ON_LEAVE']);
    await act(ann, again.body.id, 'cancel');
    expect(await statusOf(ann.actor.id, '2026-06-09')).toBeUndefined();
    expect((await ask(ann, type, '2026-06-08', '2026-06-11')).status).toBe(201);
  });

  it('of 50 at once, in two processes, exactly one is accepted, and only it is charged', async () => {
    const type = await newType({ entitlement: 30 });
    const ann = await w.person({ at: site });
    await adjust(ann.actor.id, type, 100);
    const token = await tokenFor(ann.actor);
    const apps = [w.app, w.another()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const from = `2026-06-${String(1 + (n % 5)).padStart(2, '0')}`;
        const body = { typeId: type, from, to: `2026-06-${String(5 + (n % 20)).padStart(2, '0')}` };
        return requestJson(apps[n % 2] as World['app'], 'POST', '/api/leave/requests', { token, body });
      }),
    );
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['leave_overlap']),
    );
    expect((await balanceOf(ann, type))?.balance).toBe(100 - accepted[0]?.body.days);
    expect(await w.sql`select from leave_requests where employee_id = ${ann.actor.id}`).toHaveLength(1);
  });
});

describe('the balance', () => {
  it('is never below the floor, however many ask at once', async () => {
    const type = await newType({ entitlement: 30 });
    const ann = await w.person({ at: site });
    await adjust(ann.actor.id, type, 3.5);
    const token = await tokenFor(ann.actor);
    const apps = [w.app, w.another()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const from = Temporal.PlainDate.from('2026-06-01')
          .add({ days: Math.floor(n / 5) * 7 + (n % 5) })
          .toString();
        return requestJson(apps[n % 2] as World['app'], 'POST', '/api/leave/requests', {
          token,
          body: { typeId: type, from, to: from },
        });
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'leave_balance_exceeded']));
    expect((await balanceOf(ann, type))?.balance).toBe(0.5);
    expect((await ask(ann, type, '2026-07-01', '2026-07-01', { lastDay: 'FIRST_HALF' })).status).toBe(201);
    expect((await balanceOf(ann, type))?.balance).toBe(0);
    expect((await adjust(ann.actor.id, type, -0.5)).body.code).toBe('leave_balance_exceeded');
  });

  it('the trigger alone holds the floor, whatever a process believes', async () => {
    const type = await newType({ entitlement: 30 });
    const { actor } = await w.person({ at: site });
    const take = (amount: number) => w.sql`
      insert into leave_entries (id, employee_id, type_id, leave_year, kind, amount, at)
      values (${v7()}, ${actor.id}, ${type}, '2026-01-01', 'TAKEN', ${amount}, now())`;
    await expect(take(-1)).rejects.toThrow('beyond the balance');
    await adjust(actor.id, type, 1);
    await take(-2);
    await expect(take(-1)).rejects.toThrow('beyond the balance');
  });

  it('may be negative where the type says so, and limits nothing where nothing is granted', async () => {
    const [debt, sick] = [await newType({ entitlement: 30, mayGoNegative: true }), await newType()];
    const ann = await w.person({ at: site });
    expect((await ask(ann, debt, '2026-06-01', '2026-06-03')).status).toBe(201);
    expect(await balanceOf(ann, debt)).toMatchObject({ balance: -3, limited: true });
    expect((await ask(ann, sick, '2026-06-08', '2026-06-12')).status).toBe(201);
    expect(await balanceOf(ann, sick)).toMatchObject({ balance: -5, requested: 5, limited: false });
  });

  it('of a leave over the border is taken from both leave years', async () => {
    const type = await newType({ entitlement: 30 });
    const ann = await w.person({ at: site });
    await adjust(ann.actor.id, type, 4, '2026-12-31');
    expect((await ask(ann, type, '2026-12-28', '2027-01-04')).body.code).toBe('leave_balance_exceeded');
    await adjust(ann.actor.id, type, 2, '2027-01-01');
    const { id, days } = (await ask(ann, type, '2026-12-28', '2027-01-04')).body;
    expect(days).toBe(6);
    expect((await balanceOf(ann, type, '2026-12-31'))?.balance).toBe(0);
    expect((await balanceOf(ann, type, '2027-01-01'))?.balance).toBe(0);
    await act(ann, id, 'cancel');
    expect((await balanceOf(ann, type, '2026-12-31'))?.balance).toBe(4);
    expect((await balanceOf(ann, type, '2027-01-01'))?.balance).toBe(2);
  });

  it('is the sum of entries that can be read, page by page', async () => {
    const type = await newType({ entitlement: 30 });
    const { manager, ann } = await team();
    const entry = leaveEntry.parse((await adjust(ann.actor.id, type, 2.5)).body);
    expect(entry).toMatchObject({ days: 2.5, kind: 'ADJUSTMENT', note: 'test', leaveYear: '2026-01-01' });
    const { id } = (await ask(ann, type, '2026-06-01', '2026-06-02')).body;
    await act(manager, id, 'reject');
    const seen: [string, number][] = [];
    let cursor = '';
    do {
      const query = `?employeeId=${ann.actor.id}&typeId=${type}&limit=1${cursor}`;
      const page = leaveEntries.parse((await manager.send('GET', `/api/leave/entries${query}`)).body);
      seen.push(...page.data.map(({ kind, days }): [string, number] => [kind, days]));
      cursor = page.meta.nextCursor === null ? '' : `&cursor=${page.meta.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual([
      ['GIVEN_BACK', 2],
      ['TAKEN', -2],
      ['ADJUSTMENT', 2.5],
    ]);
  });
});

describe('deciding', () => {
  it('of two managers at once has one effect', async () => {
    const type = await newType({ entitlement: 30 });
    const { manager, ann } = await team();
    await adjust(ann.actor.id, type, 10);
    const apps = [w.app, w.another()];
    for (const pair of [
      ['approve', 'approve'],
      ['approve', 'reject'],
      ['reject', 'reject'],
      ['reject', 'cancel'],
    ] as const) {
      const { id } = (await ask(ann, type, '2026-06-01', '2026-06-02')).body;
      const answers = await Promise.all(
        [manager, hr].map(async ({ actor }, n) =>
          requestJson(apps[n] as World['app'], 'POST', `/api/leave/requests/${id}/${pair[n]}`, {
            token: await tokenFor(actor),
          }),
        ),
      );
      // An approved leave can still be cancelled by who decides: of the others one comes too late.
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await published(id)).toHaveLength(2);
      const { status } = (await ann.send('GET', `/api/leave/requests/${id}`)).body;
      expect((await balanceOf(ann, type))?.balance).toBe(status === 'approved' ? 8 : 10);
      if (status === 'approved') await act(hr, id, 'cancel');
      expect((await balanceOf(ann, type))?.balance).toBe(10);
    }
  });

  it('cancelling is one’s own until the first day, and a manager’s afterwards', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const soon = (await ask(ann, type, '2026-05-05')).body;
    await act(manager, soon.id, 'approve');
    w.clock.set('2026-05-04T21:59:59Z');
    const before = (await ask(ann, type, '2026-05-06')).body;
    await act(manager, before.id, 'approve');
    expect((await act(ann, before.id, 'cancel')).status).toBe(200);
    // Midnight in Berlin.
    w.clock.set('2026-05-04T22:00:00Z');
    expect((await act(ann, soon.id, 'cancel')).status).toBe(409);
    expect((await act(manager, soon.id, 'cancel', { note: 'Came in after all' })).body).toMatchObject({
      status: 'cancelled',
    });
    expect((await act(manager, soon.id, 'cancel')).status).toBe(409);
    expect((await act(manager, soon.id, 'approve')).status).toBe(409);
    expect(await published(soon.id)).toEqual(['leave-requested.v1', 'leave-approved.v1', 'leave-cancelled.v1']);
    w.clock.set('2026-05-04T07:00:00Z');
  });
});

describe('leave and shifts', () => {
  it('costs the days on which somebody would have worked, in weeks that are planned', async () => {
    const type = await newType();
    const ann = await w.person({ at: site });
    const shift = await shiftType(w.sql);
    // Part time: Monday, Tuesday and Saturday. The week after is not planned.
    for (const date of ['2026-06-01', '2026-06-02', '2026-06-06']) await publish(w.sql, ann.actor.id, date, [shift]);
    expect((await ask(ann, type, '2026-06-01', '2026-06-14')).body.days).toBe(3 + 5);
    const refused = await ask(await w.person({ at: site }), type, '2026-06-06', '2026-06-07');
    expect(refused.status).toBe(400);
  });

  it('excuses from a shift that is planned into it later, but not from a day off', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const list = (await hr.send('POST', '/api/holidays', { body: { name: `List ${v7()}`, weeklyOff: [7] } })).body.id;
    const there = await w.site('Europe/Berlin');
    await hr.send('PUT', `/api/holidays/sites/${there}/2026-01-01`, { body: { listId: list } });
    await w.sql`update people set site_id = ${there} where id = ${ann.actor.id}`;
    const shift = await shiftType(w.sql);
    for (const date of ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05'])
      await publish(w.sql, ann.actor.id, date, [shift]);
    const { id, days } = (await ask(ann, type, '2026-06-01', '2026-06-07')).body;
    expect(days).toBe(5);
    await act(manager, id, 'approve');
    expect((await sourceOf(ann.actor.id)).map(([date]) => date)).not.toContain('2026-06-06');
    for (const date of ['2026-06-06', '2026-06-07']) await publish(w.sql, ann.actor.id, date, [shift]);
    expect((await sourceOf(ann.actor.id)).map(([date]) => date).slice(-2)).toEqual(['2026-06-05', '2026-06-06']);
    w.clock.set('2026-06-10T12:00:00Z');
    await w.sql`insert into day_queue (employee_id, from_date, to_date) values (${ann.actor.id}, '2026-06-01', '2026-06-07')`;
    expect(await statusOf(ann.actor.id, '2026-06-05')).toEqual(['ON_LEAVE']);
    expect(await statusOf(ann.actor.id, '2026-06-06')).toEqual(['ON_LEAVE']);
    expect(await statusOf(ann.actor.id, '2026-06-07')).toEqual(['WEEKLY_OFF']);
    // Without the leave the shift would have been missed.
    await act(hr, id, 'cancel');
    expect(await statusOf(ann.actor.id, '2026-06-05')).toEqual(['ABSENT']);
    w.clock.set('2026-05-04T07:00:00Z');
  });
});

describe('the days of a leave', () => {
  it('are derived again when it is approved and when it is cancelled, and only they', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    await checkIn(ann);
    await drain();
    const { id } = (await ask(ann, type, '2026-05-04')).body;
    const queued = () => w.sql`select employee_id, from_date, to_date from day_queue`;
    expect(await queued()).toEqual([]);
    await act(manager, id, 'approve');
    expect(await queued()).toEqual([{ employee_id: ann.actor.id, from_date: '2026-05-04', to_date: '2026-05-04' }]);
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['ON_LEAVE', 'WORK_ON_LEAVE']);
    await act(hr, id, 'cancel');
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['IN_PROGRESS']);
    const half = (await ask(ann, type, '2026-05-04', '2026-05-04', { lastDay: 'FIRST_HALF' })).body;
    await act(manager, half.id, 'approve');
    expect(await statusOf(ann.actor.id, '2026-05-04')).toEqual(['IN_PROGRESS', 'HALF_DAY_LEAVE']);
  });

  it('a calendar shows who is away, of the people one may read', async () => {
    const type = await newType();
    const { manager, ann } = await team();
    const below = await w.person({ at: site, managerId: ann.actor.id, department: 'Stores' });
    const elsewhere = await w.person({ at: await w.site('UTC') });
    const first = (await ask(ann, type, '2026-08-07', '2026-08-10')).body;
    await act(manager, first.id, 'approve');
    await ask(below, type, '2026-08-10', '2026-08-10', { firstDay: 'SECOND_HALF' });
    await ask(elsewhere, type, '2026-08-10');
    const calendar = async (who: Client, query = '') => {
      const answer = await who.send('GET', `/api/leave/calendar?from=2026-08-01&to=2026-08-31&limit=100${query}`);
      expect(answer.status).toBe(200);
      return leaveCalendar.parse(answer.body).data;
    };
    const ids = async (who: Client, query = '') => (await calendar(who, query)).map(({ employeeId }) => employeeId);
    const [a, b, e] = [ann, below, elsewhere].map(({ actor }) => actor.id);
    const seen = await calendar(manager);
    expect(seen.map(({ employeeId }) => employeeId)).toEqual([a, b].sort());
    expect(seen.find(({ employeeId }) => employeeId === a)?.days).toMatchObject([
      { date: '2026-08-07', part: 'FULL', status: 'approved' },
      { date: '2026-08-10', part: 'FULL', status: 'approved' },
    ]);
    expect(seen.find(({ employeeId }) => employeeId === b)?.days).toMatchObject([
      { date: '2026-08-10', part: 'SECOND_HALF', status: 'pending' },
    ]);
    expect(await ids(ann)).toEqual([a]);
    expect(await ids(hr)).toEqual([a, b, e].sort());
    expect(await ids(hr, `&siteId=${site}`)).toEqual([a, b].sort());
    expect(await ids(hr, `&managerId=${a}`)).toEqual([b]);
    expect(await ids(hr, '&department=stores')).toEqual([b]);
    const paged = await hr.send('GET', '/api/leave/calendar?from=2026-08-01&to=2026-08-31&limit=1');
    const rest = await ids(hr, `&cursor=${paged.body.meta.nextCursor}`);
    expect([paged.body.data[0].employeeId, ...rest]).toEqual([a, b, e].sort());
    expect((await hr.send('GET', '/api/leave/calendar?from=2026-08-01&to=2026-12-01')).status).toBe(400);
  });

  it('lists narrow by person, site, type, status and dates, page by page', async () => {
    const type = await newType();
    const there = await w.site('UTC');
    const ann = await w.person({ at: there });
    const made: string[] = [];
    for (const date of ['2026-09-01', '2026-09-03', '2026-09-07']) made.unshift((await ask(ann, type, date)).body.id);
    await act(hr, made[1] ?? '', 'reject');
    const list = async (query: string) =>
      leaveRequests.parse((await hr.send('GET', `/api/leave/requests?typeId=${type}&${query}`)).body);
    expect((await list(`siteId=${there}`)).data.map(({ id }) => id)).toEqual(made);
    expect((await list(`siteId=${site}`)).data).toEqual([]);
    expect((await list('status=rejected')).data.map(({ id }) => id)).toEqual([made[1]]);
    expect((await list('from=2026-09-02&to=2026-09-06')).data.map(({ id }) => id)).toEqual([made[1]]);
    const page = await list('limit=2');
    expect((await list(`cursor=${page.meta.nextCursor}`)).data.map(({ id }) => id)).toEqual([made[2]]);
    expect((await hr.send('GET', '/api/leave/requests?from=2026-09-02&to=2026-09-01')).status).toBe(400);
    expect((await hr.send('GET', '/api/leave/requests?cursor=x')).status).toBe(400);
  });

  it('somebody whose events have not arrived asks at the default site', async () => {
    const unknown = await w.person();
    const answer = await ask(unknown, await newType(), '2026-06-01', '2026-06-07');
    expect(answer.body).toMatchObject({ days: 5, status: 'pending' });
    expect((await unknown.send('GET', '/api/leave/balances')).status).toBe(200);
  });
});
