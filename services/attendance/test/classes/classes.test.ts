import { eventSchemas } from '@muster/contracts';
import { classView } from '@muster/contracts/http/attendance';
import { requestJson, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, defaultSite, type World } from '../harness.ts';
import { createSchool, mark, readMark, type School } from './school.ts';

let w: World;
let school: School;
beforeAll(async () => {
  w = await createWorld();
  school = await createSchool(w);
});
afterAll(() => w.drop());

const eventsOf = (classId: string) =>
  w.sql<{ type: string; data: Record<string, unknown> }[]>`
    select payload->>'type' as type, payload->'data' as data from outbox
    where payload->'data'->>'classId' = ${classId} order by id`;

describe('classes', () => {
  it('are created by hr, with teachers and members, at a site', async () => {
    const { hr, classId, teacher, siteId } = school;
    const answer = await hr.send('GET', `/api/classes/${classId}`);
    expect(answer.status).toBe(200);
    expect(classView.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toMatchObject({
      siteId,
      zone: 'Europe/Berlin',
      teachers: [{ id: teacher.actor.id, name: teacher.actor.name }],
      memberCount: 3,
      version: 1,
    });
    const [event] = await eventsOf(classId);
    expect(event?.type).toBe('attendance.class-created.v1');
    expect(eventSchemas['attendance.class-created.v1'].parse(event?.data)).toMatchObject({
      after: { siteId, members: 3 },
    });
  });

  it('answer 201 with Location, once per Idempotency-Key, and take the default site', async () => {
    const { hr } = school;
    const headers = { 'idempotency-key': 'class-1' };
    const first = await hr.send('POST', '/api/classes', { body: { name: 'Once' }, headers });
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/classes/${first.body.id}`);
    expect(first.body.siteId).toBe(defaultSite);
    const again = await hr.send('POST', '/api/classes', { body: { name: 'Once' }, headers });
    expect(again.body).toEqual(first.body);
    expect(await hr.send('POST', '/api/classes', { body: { name: 'Twice' }, headers })).toMatchObject({ status: 422 });
  });

  it('of one name at one site are one, whatever the spelling; deleted ones do not count', async () => {
    const { hr, siteId } = school;
    const first = await hr.send('POST', '/api/classes', { body: { name: 'Évening', siteId } });
    const body = { name: 'evening', siteId };
    expect(await hr.send('POST', '/api/classes', { body })).toMatchObject({
      status: 409,
      body: { code: 'name_taken' },
    });
    expect((await hr.send('POST', '/api/classes', { body: { name: 'evening' } })).status).toBe(201);
    expect((await hr.send('DELETE', `/api/classes/${first.body.id}`)).status).toBe(204);
    expect((await hr.send('POST', '/api/classes', { body })).status).toBe(201);
    expect((await hr.send('DELETE', `/api/classes/${first.body.id}`)).status).toBe(404);
    expect((await hr.send('GET', `/api/classes/${first.body.id}`)).status).toBe(404);
  });

  it('of one name, twenty at once, are one', async () => {
    const { hr, siteId } = school;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => hr.send('POST', '/api/classes', { body: { name: 'Race', siteId } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });

  it('change: name, site and people; who joined and left is told; nothing new is nothing', async () => {
    const { hr, classId, students, siteId } = await createSchool(w);
    const path = `/api/classes/${classId}`;
    const [first, second, third] = students as [string, string, string];
    const fresh = (await w.person({ at: siteId })).actor.id;
    const body = { name: 'New name', memberIds: [second, fresh, first, second] };
    const changed = await hr.send('PATCH', path, { body });
    expect(changed).toMatchObject({ status: 200, body: { name: 'New name', memberCount: 3, version: 2 } });
    expect((await hr.send('PATCH', path, { body })).body.version).toBe(2);
    const events = await eventsOf(classId);
    expect(events).toHaveLength(2);
    expect(eventSchemas['attendance.class-updated.v1'].parse(events[1]?.data)).toMatchObject({
      joined: [fresh],
      left: [third],
    });
    expect((await hr.send('PATCH', path, { body: {} })).status).toBe(400);
  });

  it('keep people who left since, but take nobody who is not here', async () => {
    const { hr, classId, students } = await createSchool(w);
    await w.sql`update people set status = 'deleted' where id = ${students[0] ?? ''}`;
    const path = `/api/classes/${classId}`;
    expect((await hr.send('PATCH', path, { body: { memberIds: students } })).status).toBe(200);
    const refused = await hr.send('PATCH', path, { body: { memberIds: [v7()], teacherIds: [v7()], siteId: v7() } });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'memberIds',
      'siteId',
      'teacherIds',
    ]);
  });

  it('are a teacher’s own only, in lists and one by one; nobody else’s business', async () => {
    const other = await createSchool(w);
    const list = await school.teacher.send('GET', '/api/classes');
    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([school.classId]);
    expect(list.body.meta.total).toBe(1);
    expect((await school.teacher.send('GET', `/api/classes/${other.classId}`)).status).toBe(404);
    expect((await school.teacher.send('GET', `/api/classes/${other.classId}/register`)).status).toBe(404);
    expect((await school.teacher.send('GET', `/api/classes/${v7()}`)).status).toBe(404);
    expect((await school.teacher.send('POST', '/api/classes', { body: { name: 'Mine' } })).status).toBe(403);
    expect((await school.teacher.send('PATCH', `/api/classes/${school.classId}`, { body: { name: 'X' } })).status).toBe(
      403,
    );
    for (const role of ['employee', 'manager', 'kiosk'] as const) {
      const someone = await w.person({ role, at: school.siteId });
      expect((await someone.send('GET', '/api/classes')).status).toBe(403);
      expect((await mark(someone, school.classId, school.students[0])).status).toBe(403);
    }
    const all = await school.hr.send('GET', `/api/classes?siteId=${other.siteId}&limit=100`);
    expect(all.body.data.map(({ id }: { id: string }) => id)).toEqual([other.classId]);
  });
});

describe('a mark', () => {
  it('is kept, with every one before it, and told', async () => {
    const { classId, teacher, hr, students } = await createSchool(w);
    const student = students[0];
    expect(await mark(teacher, classId, student, 'absent')).toMatchObject({
      status: 201,
      body: { cacheKey: `attendance_${classId}_${student}_2026-11-20` },
    });
    expect((await mark(hr, classId, student, 'late')).status).toBe(201);
    const read = await readMark(teacher, classId, student);
    expect(read.body).toEqual({ status: 'late', timestamp: expect.any(String) });
    const history = await w.sql`
      select version, status, marked_by from class_mark_history where student_id = ${student ?? ''} order by version`;
    expect([...history]).toEqual([
      { version: 1, status: 'absent', marked_by: teacher.actor.id },
      { version: 2, status: 'late', marked_by: hr.actor.id },
    ]);
    const told = (await eventsOf(classId)).filter(({ type }) => type === 'attendance.class-marked.v1');
    expect(told.map(({ data }) => eventSchemas['attendance.class-marked.v1'].parse(data))).toMatchObject([
      { version: 1, employeeId: student, status: 'absent', before: null, actor: { id: teacher.actor.id } },
      { version: 2, employeeId: student, status: 'late', before: { status: 'absent' } },
    ]);
  });

  it('belongs to the day at the class’s site', async () => {
    const west = await createSchool(w, { zone: 'Pacific/Honolulu' });
    const east = await createSchool(w, { zone: 'Pacific/Apia' });
    const now = w.clock.now();
    w.clock.set('2026-11-20T10:30:00Z');
    expect((await mark(east.teacher, east.classId, east.students[0])).body.cacheKey).toContain('_2026-11-20');
    w.clock.set('2026-11-20T11:00:00Z');
    expect((await mark(east.teacher, east.classId, east.students[0])).body.cacheKey).toContain('_2026-11-21');
    expect((await mark(west.teacher, west.classId, west.students[0])).body.cacheKey).toContain('_2026-11-20');
    expect((await readMark(east.teacher, east.classId, east.students[0], '&date=2026-11-20')).status).toBe(200);
    expect((await readMark(east.teacher, east.classId, east.students[0], '&date=2026-11-19')).status).toBe(404);
    w.clock.set(now.toString());
  });

  it('is one per Idempotency-Key', async () => {
    const { classId, teacher, students } = await createSchool(w);
    const body = { classId, studentId: students[0], status: 'present' };
    const headers = { 'idempotency-key': 'mark-1' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => teacher.send('POST', '/api/attendance/mark', { body, headers })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await w.sql`select 1 from class_mark_history where class_id = ${classId}`).toHaveLength(1);
    const other = { ...body, status: 'late' };
    expect((await teacher.send('POST', '/api/attendance/mark', { body: other, headers })).status).toBe(422);
  });

  it('of fifty at once is the last of fifty versions, each later than the one before', async () => {
    const { classId, teacher, students } = await createSchool(w);
    const statuses = ['present', 'absent', 'late', 'excused'];
    await Promise.all(Array.from({ length: 50 }, (_, n) => mark(teacher, classId, students[0], statuses[n % 4])));
    const rows = await w.sql<{ version: number; status: string; at: Date }[]>`
      select version, status, marked_at as at from class_mark_history where class_id = ${classId} order by version`;
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    const times = rows.map(({ at }) => at.getTime());
    expect(new Set(times).size).toBe(50);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((await readMark(teacher, classId, students[0])).body.status).toBe(rows[49]?.status);
  });

  it('is refused for who is no member, for another’s class, and without a token', async () => {
    const other = await createSchool(w);
    const { classId, teacher, students } = school;
    for (const [cls, student] of [
      [classId, other.students[0]],
      [other.classId, other.students[0]],
      [v7(), students[0]],
      [classId, v7()],
    ])
      expect(await mark(teacher, cls ?? '', student)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const nobody = await requestJson(w.app, 'POST', '/api/attendance/mark', { body: {} });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const narrowed = await tokenFor({ ...teacher.actor, scopes: ['classes.read'] });
    const answer = await requestJson(w.app, 'POST', '/api/attendance/mark', {
      token: narrowed,
      body: { classId, studentId: students[0], status: 'present' },
    });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['a status nobody knows', { status: 'asleep' }],
    ['a TTL too short', { ttl: 59 }],
    ['a TTL too long', { ttl: 86_401 }],
    ['a TTL in pieces', { ttl: 60.5 }],
    ['a date of its choice', { date: '2026-11-19' }],
    ['a student that is none', { studentId: 'x' }],
  ])('with %s is refused', async (_what, more) => {
    expect(await mark(school.teacher, school.classId, school.students[0], 'present', more)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    });
  });

  it('shows in the register, beside those who have none', async () => {
    const { classId, teacher, students } = await createSchool(w);
    await mark(teacher, classId, students[1], 'excused');
    const { body } = await teacher.send('GET', `/api/classes/${classId}/register`);
    expect(body.date).toBe('2026-11-20');
    const status = Object.fromEntries(body.members.map((one: { id: string; status: string }) => [one.id, one.status]));
    expect(status).toEqual({ [students[0] ?? '']: null, [students[1] ?? '']: 'excused', [students[2] ?? '']: null });
    const before = await teacher.send('GET', `/api/classes/${classId}/register?date=2026-11-19`);
    expect(before.body.members.every((one: { status: unknown }) => one.status === null)).toBe(true);
  });
});
