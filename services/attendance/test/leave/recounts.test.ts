import { leaveEntries, leaveRequest } from '@muster/contracts/http/attendance-leave';
import { v7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { recountLeave } from '../../src/verbs/leave/recount-leave.ts';
import type { Client } from '../harness.ts';
import { publish, shiftType } from '../rosters/fixture.ts';
import { act, adjust, ask, balanceOf, drain, hr, newType, published, sourceOf, statusOf, w } from './support.ts';

let [site, list, type] = ['', '', ''];
let ann: Client;
const send = (method: string, path: string, body?: object) =>
  hr.send(method, `/api/holidays${path}`, body ? { body } : {});
const newList = async (weeklyOff = [6, 7]): Promise<string> =>
  (await send('POST', '', { name: `List ${v7()}`, weeklyOff })).body.id;
const put = (date: string, on = list) => send('PUT', `/${on}/days/${date}`, { name: 'Feast' });
const remove = (date: string) => send('DELETE', `/${list}/days/${date}`);
const assignList = (from: string, listId: string | null, to = site) => send('PUT', `/sites/${to}/${from}`, { listId });
const recount = () => recountLeave(w.deps);
const entriesOf = async (who: Client): Promise<[string, number][]> =>
  leaveEntries
    .parse((await who.send('GET', `/api/leave/entries?employeeId=${who.actor.id}&typeId=${type}`)).body)
    .data.map(({ kind, days }): [string, number] => [kind, days])
    .reverse();
const costOf = async (who: Client, id: string): Promise<number> =>
  leaveRequest.parse((await who.send('GET', `/api/leave/requests/${id}`)).body).days;
const left = async (who = ann): Promise<number | undefined> => (await balanceOf(who, type))?.balance;

beforeEach(async () => {
  w.clock.set('2026-05-04T07:00:00Z');
  site = await w.site('Europe/Berlin');
  list = await newList();
  await assignList('2026-01-01', list);
  type = await newType({ entitlement: 0, needsApproval: false });
  ann = await w.person({ at: site });
  await adjust(ann.actor.id, type, 10);
});

describe('a holiday that comes into a leave', () => {
  it('gives its day back once, and takes it again when it goes; the days follow', async () => {
    const { id } = (await ask(ann, type, '2026-06-01', '2026-06-05')).body;
    await drain();
    expect([await left(), await statusOf(ann.actor.id, '2026-06-03')]).toEqual([5, ['ON_LEAVE']]);
    await put('2026-06-03');
    expect(await recount()).toBe(1);
    expect(await recount()).toBe(0);
    expect([await left(), await costOf(ann, id)]).toEqual([6, 4]);
    expect((await balanceOf(ann, type))?.taken).toBe(4);
    // A day off on which nothing happened is no day.
    expect(await statusOf(ann.actor.id, '2026-06-03')).toBeUndefined();
    expect((await sourceOf(ann.actor.id)).map(([date]) => date)).not.toContain('2026-06-03');
    expect(await published(id)).toEqual(['leave-approved.v1', 'leave-recounted.v1']);
    // Another name is no other day.
    await send('PUT', `/${list}/days/2026-06-03`, { name: 'Great feast' });
    expect(await recount()).toBe(0);
    await remove('2026-06-03');
    await recount();
    expect([await left(), await costOf(ann, id)]).toEqual([5, 5]);
    expect(await statusOf(ann.actor.id, '2026-06-03')).toEqual(['ON_LEAVE']);
    expect(await entriesOf(ann)).toEqual([
      ...[
        ['ADJUSTMENT', 10],
        ['TAKEN', -5],
        ['RECOUNTED', 1],
        ['RECOUNTED', -1],
      ],
    ]);
  });

  it('is looked at as it is in the end, however often it came and went', async () => {
    await ask(ann, type, '2026-06-01', '2026-06-05');
    for (const change of [put, remove, put]) await change('2026-06-03');
    expect(await recount()).toBe(1);
    expect((await entriesOf(ann)).filter(([kind]) => kind === 'RECOUNTED')).toEqual([['RECOUNTED', 1]]);
  });

  it('counts by the half, also where the leave waits; what is cancelled gives back the rest', async () => {
    const asking = await newType({ entitlement: 0 });
    await adjust(ann.actor.id, asking, 10);
    const { id } = (await ask(ann, asking, '2026-06-03', '2026-06-04', { firstDay: 'SECOND_HALF' })).body;
    await put('2026-06-03');
    await recount();
    expect(await costOf(ann, id)).toBe(1);
    expect(await balanceOf(ann, asking)).toMatchObject({ balance: 9, requested: 1, taken: 0 });
    await act(ann, id, 'cancel');
    expect(await balanceOf(ann, asking)).toMatchObject({ balance: 10, requested: 0 });
    await remove('2026-06-03');
    expect(await recount()).toBe(0);
    expect(await balanceOf(ann, asking)).toMatchObject({ balance: 10 });
  });

  it('changes nothing where it was no day of work, in calendar days, at other sites, or outside the leave', async () => {
    const [calendar, elsewhere] = [
      await newType({ counts: 'CALENDAR_DAYS', needsApproval: false }),
      await w.site('UTC'),
    ];
    const bob = await w.person({ at: elsewhere });
    await adjust(bob.actor.id, type, 10);
    const early = await shiftType(w.sql, {});
    await publish(w.sql, ann.actor.id, '2026-06-08', [early]);
    const ids = [
      (await ask(ann, type, '2026-06-06', '2026-06-09')).body.id,
      (await ask(ann, calendar, '2026-06-15', '2026-06-16')).body.id,
    ];
    const other = (await ask(bob, type, '2026-06-08', '2026-06-09')).body.id;
    for (const date of ['2026-06-06', '2026-06-09', '2026-06-10', '2026-06-15']) await put(date);
    await recount();
    expect(await Promise.all(ids.map((id) => costOf(ann, id)))).toEqual([1, 2]);
    expect([await costOf(bob, other), await left(bob)]).toEqual([2, 8]);
    // Gone again, it is still a day without a shift in a planned week.
    await remove('2026-06-09');
    await recount();
    expect(await costOf(ann, ids[0])).toBe(1);
  });

  it('is not refused where the balance has no room for a day that counts again', async () => {
    await put('2026-06-03');
    const { id } = (await ask(ann, type, '2026-06-01', '2026-06-05')).body;
    await adjust(ann.actor.id, type, -6);
    expect(await left()).toBe(0);
    await remove('2026-06-03');
    await recount();
    expect([await left(), await costOf(ann, id)]).toEqual([-1, 5]);
  });
});

describe('so does', () => {
  it('the filling of a list, another list of the site, and one that is taken back', async () => {
    const { id } = (await ask(ann, type, '2026-05-25', '2026-05-29')).body;
    await send('POST', `/${list}/fill`, { country: 'DE', fromYear: 2026, toYear: 2026 });
    await recount();
    // Whit Monday.
    expect([await costOf(ann, id), await left()]).toEqual([4, 6]);
    const other = await newList([5, 6, 7]);
    await assignList('2026-05-27', other);
    await recount();
    expect([await costOf(ann, id), await left()]).toEqual([3, 7]);
    await send('DELETE', `/sites/${site}/2026-05-27`);
    await recount();
    expect([await costOf(ann, id), await left()]).toEqual([4, 6]);
  });

  it('another weekly day off, for leave that is not over', async () => {
    const past = (await ask(ann, type, '2026-04-20', '2026-04-24')).body.id;
    const next = (await ask(ann, type, '2026-06-01', '2026-06-05')).body.id;
    await send('PATCH', `/${list}`, { weeklyOff: [5, 6, 7] });
    await recount();
    expect([await costOf(ann, past), await costOf(ann, next), await left()]).toEqual([5, 4, 1]);
  });
});

describe('together', () => {
  it('two processes recount a hundred leaves once each', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => w.person({ at: site })));
    await Promise.all(people.map((one) => adjust(one.actor.id, type, 5)));
    await Promise.all(people.map((one) => ask(one, type, '2026-06-02', '2026-06-04')));
    await put('2026-06-03');
    const counts = await Promise.all([recount(), recount(), recount()]);
    expect(counts.reduce((a, b) => a + b)).toBe(100);
    const balances = await Promise.all(people.map((one) => left(one)));
    expect(new Set(balances)).toEqual(new Set([3]));
  });

  it('whoever asks while the holiday comes pays what it costs then', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => w.person({ at: site })));
    await Promise.all(people.map((one) => adjust(one.actor.id, type, 5)));
    const asking = people.map((one) => ask(one, type, '2026-06-02', '2026-06-04'));
    const coming = put('2026-06-03');
    await Promise.all([...asking, coming]);
    await recount();
    expect(new Set(await Promise.all(people.map((one) => left(one))))).toEqual(new Set([3]));
  });
});
