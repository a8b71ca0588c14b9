import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { assign, draft, events, hr, ok, publish, put, rosterOf, shiftType, site, w } from './api.ts';
import { onLeave } from './fixture.ts';

describe('a roster', () => {
  it('counts for nothing as a draft, and as a whole once published', async () => {
    const [day, night] = [await shiftType(), await shiftType({ start: '22:00', end: '06:00' })];
    const person = await w.person({ at: site });
    const employeeId = person.actor.id;
    await assign({ employeeId, shiftTypeId: day.id, from: '2026-11-23' });
    const made = await draft({ name: 'Week 48' });
    await put(made.id, [
      { employeeId, date: '2026-11-24', shiftTypeIds: [night.id] },
      { employeeId, date: '2026-11-25', shiftTypeIds: [] },
      { employeeId, date: '2026-11-26', shiftTypeIds: [day.id, night.id] },
      { employeeId, date: '2026-11-27', shiftTypeIds: null },
    ]);
    const seven = [3, 4, 5, 6, 7, 8, 9].map((n) => `2026-11-2${n} ASSIGNMENT`);
    expect(await rosterOf(person, employeeId)).toEqual(seven);
    const published = await publish(made.id);
    expect(published).toMatchObject({ status: 'PUBLISHED', entries: 4, publishedAt: '2026-11-20T09:00:00.000Z' });
    expect(await rosterOf(person, employeeId)).toEqual([
      '2026-11-23 ASSIGNMENT',
      '2026-11-24 ROSTER',
      '2026-11-26 ROSTER',
      '2026-11-26 ROSTER',
      ...seven.slice(4),
    ]);
    const told = await events('roster-published', made.id);
    expect(told.map(({ employeeIds }) => employeeIds)).toEqual([[employeeId]]);
  });
  it('over leave of a whole day is published all the same, and says so at each step to those who may see the leave', async () => {
    const boss = await w.person({ role: 'manager', at: site });
    const ann = await w.person({ at: site, managerId: boss.actor.id });
    const employeeId = ann.actor.id;
    const { id: shiftTypeId } = await shiftType();
    for (const date of ['2026-11-23', '2026-11-24']) await onLeave(w.sql, employeeId, date, true, [1, 2]);
    await onLeave(w.sql, employeeId, '2026-11-25');
    await onLeave(w.sql, employeeId, '2026-11-26', false, [1, 2]);
    const { id } = await draft({}, boss);
    const days = ['2026-11-23', '2026-11-25', '2026-11-26'].map((date) => ({
      employeeId,
      date,
      shiftTypeIds: [shiftTypeId],
    }));
    const off = { employeeId, date: '2026-11-24', shiftTypeIds: [] };
    const onLeaveThen = { total: 1, entries: [{ employeeId, date: '2026-11-23' }] };
    expect((await put(id, [...days, off], boss)).onLeave).toEqual(onLeaveThen);
    expect((await ok(boss.send('GET', `/api/rosters/drafts/${id}`))).onLeave).toEqual(onLeaveThen);
    const { data } = await ok(boss.send('GET', `/api/rosters/drafts/${id}/entries`));
    expect(data.map((one: { date: string; onLeave: boolean }) => [one.date.slice(-2), one.onLeave])).toEqual([
      ['23', true],
      ['24', false],
      ['25', false],
      ['26', false],
    ]);
    expect((await publish(id, boss)).onLeave).toEqual(onLeaveThen);
    expect((await publish(id, boss)).onLeave).toEqual(onLeaveThen);
    // Whoever is not theirs any more is on leave unseen.
    await w.sql`update people set manager_id = null where id = ${employeeId}`;
    expect((await ok(boss.send('GET', `/api/rosters/drafts/${id}`))).onLeave).toEqual({ total: 0, entries: [] });
    expect((await ok(boss.send('GET', `/api/rosters/drafts/${id}/entries`))).data[0].onLeave).toBe(false);
    expect((await ok(hr.send('GET', `/api/rosters/drafts/${id}`))).onLeave).toEqual(onLeaveThen);
  });

  it('published again changes nothing and tells nobody', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    const made = await draft();
    await put(made.id, [{ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [id] }]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => publish(made.id)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await events('roster-published', made.id)).toHaveLength(1);
    const [row] = await w.sql`select version from roster_days where employee_id = ${actor.id}`;
    expect(row?.version).toBe(1);
    await put(made.id, [{ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [] }], hr, 409);
    expect((await hr.send('DELETE', `/api/rosters/drafts/${made.id}`)).status).toBe(409);
  });
  it('tells those whose shifts changed, nobody else', async () => {
    const { id } = await shiftType();
    const [a, b] = [await w.person({ at: site }), await w.person({ at: site })];
    await assign({ employeeId: b.actor.id, shiftTypeId: id, from: '2026-11-24' });
    const made = await draft();
    await put(
      made.id,
      [a, b].map(({ actor }) => ({ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [id] })),
    );
    await publish(made.id);
    expect((await events('roster-published', made.id))[0]?.employeeIds).toEqual([a.actor.id]);
    const empty = await draft();
    await publish(empty.id);
    expect((await events('roster-published', empty.id))[0]?.employeeIds).toEqual([]);
  });
  it('of two that plan the same day at once is published by one; the other is told which day', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    const drafts = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const made = await draft();
        await put(made.id, [{ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [id] }]);
        return made;
      }),
    );
    const answers = await Promise.all(drafts.map((one) => hr.send('POST', `/api/rosters/drafts/${one.id}/publish`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const loser = drafts[answers.findIndex(({ status }) => status === 409)];
    const refused = await hr.send('POST', `/api/rosters/drafts/${loser?.id}/publish`);
    expect(refused.body.detail).toContain(`${actor.id} on 2026-11-24`);
    await put(loser?.id, [{ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [] }]);
    await publish(loser?.id);
    const [row] = await w.sql`select version, shift_type_ids from roster_days where employee_id = ${actor.id}`;
    expect(row).toEqual({ version: 2, shift_type_ids: [] });
  });
  it('whose shift type was retired or changed meanwhile', async () => {
    const [gone, moved] = [await shiftType(), await shiftType()];
    const { actor } = await w.person({ at: site });
    const [a, b] = [await draft(), await draft()];
    await put(a.id, [{ employeeId: actor.id, date: '2026-11-19', shiftTypeIds: [gone.id] }], hr, 400);
    await put(a.id, [{ employeeId: actor.id, date: '2026-11-24', shiftTypeIds: [gone.id] }]);
    await put(b.id, [{ employeeId: actor.id, date: '2026-11-25', shiftTypeIds: [moved.id] }]);
    await ok(hr.send('DELETE', `/api/shifts/${gone.id}`), 204);
    await ok(hr.send('PATCH', `/api/shifts/${moved.id}`, { body: { start: '10:00', end: '18:00' } }));
    expect((await publish(a.id, hr, 409)).detail).toContain(gone.id);
    await publish(b.id);
    const body = await ok(hr.send('GET', `/api/rosters?employeeId=${actor.id}&from=2026-11-25&to=2026-11-25`));
    expect(body.data[0].shifts[0]).toMatchObject({
      startsAt: '2026-11-25T09:00:00.000Z',
      endsAt: '2026-11-25T17:00:00.000Z',
    });
  });
  it('never has somebody at two shifts at once', async () => {
    const [day, night, late] = [
      await shiftType(),
      await shiftType({ start: '22:00', end: '06:00' }),
      await shiftType({ start: '15:59', end: '20:00' }),
    ];
    const early = await shiftType({ start: '05:00', end: '09:00' });
    const { actor } = await w.person({ at: site });
    const made = await draft();
    const entry = (date: string, ...ids: string[]) => ({ employeeId: actor.id, date, shiftTypeIds: ids });
    await put(made.id, [entry('2026-11-24', day.id, late.id)], hr, 400);
    await put(made.id, [entry('2026-11-24', night.id), entry('2026-11-25', early.id)]);
    expect((await publish(made.id, hr, 409)).detail).toContain('two shifts');
    expect(await w.sql`select from roster_days where employee_id = ${actor.id}`).toHaveLength(0);
    expect(await w.sql`select from day_queue where employee_id = ${actor.id}`).toHaveLength(0);
  });
  it('is its planner’s and those above; people and sites that are not there are refused', async () => {
    const { id } = await shiftType();
    const boss = await w.person({ role: 'manager', at: site });
    const manager = await w.person({ role: 'manager', at: site, managerId: boss.actor.id });
    const report = await w.person({ at: site, managerId: manager.actor.id });
    const [stranger, elsewhere] = [await w.person({ at: site }), await w.person({ at: await w.site('Asia/Kolkata') })];
    const made = await draft({}, manager);
    const entry = (who: Client) => ({ employeeId: who.actor.id, date: '2026-11-24', shiftTypeIds: [id] });
    await put(made.id, [entry(report), entry(manager)], manager);
    await put(made.id, [entry(stranger)], manager, 404);
    await put(made.id, [entry(elsewhere)], hr, 400);
    const other = await w.person({ role: 'manager', at: site });
    const path = `/api/rosters/drafts/${made.id}`;
    for (const [method, end] of [
      ['GET', ''],
      ['GET', '/entries'],
      ['POST', '/publish'],
      ['DELETE', ''],
    ] as const)
      expect((await other.send(method, path + end)).status).toBe(404);
    expect((await report.send('GET', path)).status).toBe(403);
    expect((await ok(boss.send('GET', path))).entries).toBe(2);
    expect((await ok(boss.send('GET', '/api/rosters/drafts'))).meta.total).toBe(1);
    expect((await ok(other.send('GET', '/api/rosters/drafts'))).meta.total).toBe(0);
    // Moved to somebody else between drafting and publishing.
    await w.sql`update people set manager_id = ${other.actor.id} where id = ${report.actor.id}`;
    expect((await publish(made.id, manager, 409)).detail).toContain(report.actor.id);
    await publish(made.id, hr);
    await draft({ siteId: v7() }, hr, 404);
    await draft({ to: '2027-01-24' }, hr, 400);
    await draft({}, report, 403);
    const discarded = await draft({}, manager);
    await ok(manager.send('DELETE', `/api/rosters/drafts/${discarded.id}`), 204);
    expect((await manager.send('GET', `/api/rosters/drafts/${discarded.id}`)).status).toBe(404);
  });
  it('is read by those who may see the person', async () => {
    const { id } = await shiftType();
    const manager = await w.person({ role: 'manager', at: site });
    const report = await w.person({ at: site, managerId: manager.actor.id });
    const stranger = await w.person({ at: site });
    await assign({ employeeId: report.actor.id, shiftTypeId: id, from: '2026-11-23', to: '2026-11-23' });
    const seen = async (by: Client) =>
      (await ok(by.send('GET', `/api/rosters?siteId=${site}&from=2026-11-23&to=2026-11-23&limit=100`))).data
        .map(({ employeeId }: { employeeId: string }) => employeeId)
        .sort();
    const ids = (...all: Client[]) => all.map(({ actor }) => actor.id).sort();
    expect(await seen(hr)).toEqual(ids(manager, report, stranger));
    expect(await seen(manager)).toEqual(ids(manager, report));
    expect(await seen(stranger)).toEqual(ids(stranger));
    expect(await rosterOf(stranger, report.actor.id)).toEqual([]);
    expect(await rosterOf(manager, report.actor.id)).toEqual(['2026-11-23 ASSIGNMENT']);
    expect((await hr.send('GET', '/api/rosters?from=2026-11-23&to=2026-11-22')).status).toBe(400);
    expect((await hr.send('GET', '/api/rosters')).status).toBe(400);
  });
});
