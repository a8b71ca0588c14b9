import { leaveEntries, leaveEntry } from '@muster/contracts/http/attendance-leave';
import { requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { World } from '../harness.ts';
import { act, adjust, ask, balanceOf, newType, site, sourceOf, statusOf, team, w } from './support.ts';

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
