import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Client } from '../harness.ts';
import { assign, events, hr, ok, rosterOf, shiftType, site, w } from './api.ts';

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
