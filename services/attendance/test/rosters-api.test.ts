import { setTimeout } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockHeadcountPlan } from '../src/sql/lock-headcount-plan.ts';
import { rebuildDays } from '../src/verbs/rebuild-days.ts';
import { recomputeDays } from '../src/verbs/recompute-days.ts';
import { lookAhead } from '../src/verbs/rosters/look-ahead.ts';
import { planRosterHeadcounts } from '../src/verbs/rosters/plan-roster-headcounts.ts';
import { type Client, createWorld, type World } from './harness.ts';

let w: World;
let hr: Client;
let site: string;
beforeAll(async () => {
  w = await createWorld({ now: '2026-11-20T09:00:00Z' });
  hr = await w.person({ role: 'hr' });
});
afterAll(() => w.drop());
beforeEach(async () => {
  site = await w.site('Europe/Berlin');
});

const ok = async (answer: ReturnType<Client['send']>, status = 200) => {
  const got = await answer;
  if (got.status !== status) expect([got.status, got.body]).toEqual([status, '…']);
  return got.body;
};
const shiftType = (o: object = {}) =>
  ok(hr.send('POST', '/api/shifts', { body: { name: `Shift ${v7()}`, start: '08:00', end: '16:00', ...o } }), 201);
const assign = (o: object, by = hr, status = 201) =>
  ok(by.send('POST', '/api/rosters/assignments', { body: o }), status);
const draft = (o: object = {}, by = hr, status = 201) =>
  ok(
    by.send('POST', '/api/rosters/drafts', { body: { siteId: site, from: '2026-11-23', to: '2026-11-29', ...o } }),
    status,
  );
const put = (id: string, entries: object[], by = hr, status = 200) =>
  ok(by.send('PUT', `/api/rosters/drafts/${id}/entries`, { body: { entries } }), status);
const publish = (id: string, by = hr, status = 200) => ok(by.send('POST', `/api/rosters/drafts/${id}/publish`), status);
const rosterOf = async (by: Client, employeeId: string, from = '2026-11-23', to = '2026-11-29') => {
  const body = await ok(by.send('GET', `/api/rosters?employeeId=${employeeId}&from=${from}&to=${to}`));
  return (body.data[0]?.shifts ?? []).map(
    (one: { date: string; name: string; source: string }) => `${one.date} ${one.source}`,
  );
};
const derive = async () => {
  while ((await recomputeDays(w.deps)) > 0);
};
const dayOf = async (employeeId: string, date: string) =>
  (await w.sql`select status from attendance_days where employee_id = ${employeeId} and date = ${date}`)[0]?.status;
const events = async (type: string, id: string) =>
  (
    await w.sql`select payload->'data' as data from outbox where payload->>'type' = ${`attendance.${type}.v1`}
    and payload::text like ${`%${id}%`} order by id`
  ).map(({ data }) => data);

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

describe('rotations', () => {
  it('are created, read, listed and retired', async () => {
    const { id } = await shiftType();
    const body = { name: `R ${v7()}`, anchor: '2026-11-23', pattern: [[id], [id], []] };
    const made = await ok(hr.send('POST', '/api/rosters/rotations', { body }), 201);
    expect(made).toEqual({ id: made.id, ...body, version: 1, retiredAt: null });
    expect(await ok(hr.send('GET', `/api/rosters/rotations/${made.id}`))).toEqual(made);
    expect((await hr.send('POST', '/api/rosters/rotations', { body })).body.code).toBe('name_taken');
    await ok(hr.send('DELETE', `/api/rosters/rotations/${made.id}`), 204);
    await ok(hr.send('DELETE', `/api/rosters/rotations/${made.id}`), 204);
    expect((await hr.send('DELETE', `/api/rosters/rotations/${v7()}`)).status).toBe(404);
    const listed = await ok(hr.send('GET', '/api/rosters/rotations?limit=100'));
    expect(listed.data.map((one: { id: string }) => one.id)).not.toContain(made.id);
    const { actor } = await w.person({ at: site });
    await assign({ employeeId: actor.id, rotationId: made.id, from: '2026-11-23' }, hr, 400);
  });
  it('of nothing but free days, or of unknown or retired shift types, are refused', async () => {
    const { id } = await shiftType();
    await ok(hr.send('DELETE', `/api/shifts/${id}`), 204);
    for (const pattern of [[[]], [[v7()]], [[id]], []]) {
      const body = { name: `R ${v7()}`, anchor: '2026-11-23', pattern };
      expect((await hr.send('POST', '/api/rosters/rotations', { body })).status).toBe(400);
    }
  });
});

describe('assignments', () => {
  it('count at once, end, and are taken back', async () => {
    const { id } = await shiftType();
    const person = await w.person({ at: site });
    const employeeId = person.actor.id;
    const made = await assign({ employeeId, shiftTypeId: id, weekdays: [5, 1], from: '2026-11-23' });
    expect(made).toMatchObject({ weekdays: [1, 5], zone: 'Europe/Berlin', to: null, kind: 'ASSIGNMENT', version: 1 });
    expect(await rosterOf(person, employeeId)).toEqual(['2026-11-23 ASSIGNMENT', '2026-11-27 ASSIGNMENT']);
    const path = `/api/rosters/assignments/${made.id}`;
    const ended = await ok(hr.send('PATCH', path, { body: { to: '2026-11-25' }, headers: { 'if-match': '"1"' } }));
    expect([ended.to, ended.version]).toEqual(['2026-11-25', 2]);
    expect(await rosterOf(person, employeeId)).toEqual(['2026-11-23 ASSIGNMENT']);
    expect((await hr.send('PATCH', path, { body: { to: null }, headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect((await hr.send('PATCH', path, { body: { to: '2026-11-01' } })).status).toBe(400);
    expect(await ok(person.send('GET', path))).toMatchObject({ to: '2026-11-25' });
    expect((await ok(person.send('GET', '/api/rosters/assignments'))).meta.total).toBe(1);
    await ok(hr.send('DELETE', path), 204);
    expect(await rosterOf(person, employeeId)).toEqual([]);
    for (const type of ['shift-assigned', 'shift-assignment-changed', 'shift-assignment-removed'])
      expect(await events(type, made.id)).toHaveLength(1);
  });
  it('follow a rotation, each person ahead by their own', async () => {
    const { id } = await shiftType();
    const body = { name: `R ${v7()}`, anchor: '2026-11-23', pattern: [[id], [id], [], []] };
    const { id: rotationId } = await ok(hr.send('POST', '/api/rosters/rotations', { body }), 201);
    const [a, b] = [await w.person({ at: site }), await w.person({ at: site })];
    await assign({ employeeId: a.actor.id, rotationId, from: '2026-11-23' });
    await assign({ employeeId: b.actor.id, rotationId, offset: 2, from: '2026-11-23' });
    const dates = async (one: Client) =>
      (await rosterOf(one, one.actor.id)).map((text: string) => text.slice(8, 10)).join(' ');
    expect([await dates(a), await dates(b)]).toEqual(['23 24 27 28', '25 26 29']);
  });
  it('of one kind are one at a time, whoever comes first', async () => {
    const { id } = await shiftType();
    const { actor } = await w.person({ at: site });
    const body = { employeeId: actor.id, shiftTypeId: id, from: '2026-11-23' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => hr.send('POST', '/api/rosters/assignments', { body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    await assign({ ...body, kind: 'DEFAULT' });
    const refused = await hr.send('POST', '/api/rosters/assignments', { body });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
  });
  it('are a manager’s for the people below, nobody else’s to write, and hidden from strangers', async () => {
    const { id } = await shiftType();
    const manager = await w.person({ role: 'manager', at: site });
    const report = await w.person({ at: site, managerId: manager.actor.id });
    const stranger = await w.person({ at: site });
    const body = { shiftTypeId: id, from: '2026-11-23' };
    const made = await assign({ ...body, employeeId: report.actor.id }, manager);
    await assign({ ...body, employeeId: stranger.actor.id }, manager, 404);
    await assign({ ...body, employeeId: v7() }, hr, 404);
    await assign({ ...body, employeeId: report.actor.id }, report, 403);
    const path = `/api/rosters/assignments/${made.id}`;
    expect((await stranger.send('GET', path)).status).toBe(404);
    expect((await report.send('DELETE', path)).status).toBe(403);
    const other = await w.person({ role: 'manager', at: site });
    expect((await other.send('DELETE', path)).status).toBe(404);
    expect((await other.send('PATCH', path, { body: { to: null } })).status).toBe(404);
    expect((await ok(stranger.send('GET', `/api/rosters/assignments?employeeId=${report.actor.id}`))).data).toEqual([]);
    expect((await ok(other.send('GET', `/api/rosters/assignments?employeeId=${report.actor.id}`))).data).toEqual([]);
    expect((await ok(manager.send('GET', '/api/rosters/assignments'))).meta.total).toBe(1);
  });
  it.each([
    ['both a shift type and a rotation', { shiftTypeId: v7(), rotationId: v7() }],
    ['neither', {}],
    ['weekdays of a rotation', { rotationId: v7(), weekdays: [1] }],
    ['an offset of a shift type', { shiftTypeId: v7(), offset: 1 }],
    ['an end before the beginning', { shiftTypeId: v7(), to: '2026-11-22' }],
    ['a shift type nobody knows', { shiftTypeId: v7() }],
  ])('with %s are refused', async (_, o) => {
    const { actor } = await w.person({ at: site });
    await assign({ employeeId: actor.id, from: '2026-11-23', ...o }, hr, 400);
  });
});

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
