import { AppError, type EventEnvelope } from '@muster/contracts';
import type { MarkBody } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import { startRedis, type TestDatabase, type TestRedis, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttendanceCalls } from '../src/ask-attendance.ts';
import { type Client, closeClients, connect } from './support/client.ts';
import { envelope, user } from './support/events.ts';
import { listeningService, migrations } from './support/service.ts';

let database: TestDatabase;
let redis: TestRedis;
let services: Awaited<ReturnType<typeof listeningService>>[];
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

const [classId, otherClass, student] = [v7(), v7(), v7()];
const teacher = user('teacher');
const hr = user('hr');
/** Who teaches `classId`, as attendance knows it. */
let teachers: string[];
let asked: { actor: Actor; body: MarkBody }[];
let beforeAnswer: (() => Promise<void>) | undefined;

function check(actor: Actor, id: string): void {
  if (!['teacher', 'hr', 'admin'].includes(actor.role))
    throw new AppError('forbidden', 'Your role does not allow this.');
  if (actor.role === 'teacher' && (id !== classId || !teachers.includes(actor.id)))
    throw new AppError('not_found', 'There is no such class.');
}
const attendance: AttendanceCalls = {
  async mark(actor, body) {
    check(actor, body.classId);
    asked.push({ actor, body });
    return { message: 'Attendance marked', cacheKey: `attendance_${body.classId}_${body.studentId}_2026-11-20` };
  },
  async mayWatchClass(actor, id) {
    check(actor, id);
    await beforeAnswer?.();
  },
};

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase({ folder: migrations }), startRedis()]);
  services = await Promise.all(
    [0, 1].map(() => listeningService(database.sql, { redisUrl: redis.url, sweepMs: 60_000, attendance })),
  );
});
beforeEach(() => {
  teachers = [teacher.id];
  asked = [];
  beforeAnswer = undefined;
});
afterEach(closeClients);
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await Promise.all([database.drop(), redis.stop()]);
});

async function socketOf(actor: Actor, process = 0): Promise<Client & { updates: unknown[] }> {
  const client = await connect(services[process]?.url ?? '', '/attendance', { token: await tokenFor(actor) });
  const updates: unknown[] = [];
  client.socket.on('attendanceUpdate', (update) => updates.push(update));
  return { ...client, updates };
}
const deliver = (event: EventEnvelope, process = 0) => services[process]?.deliver(event);
const marked = (
  status: 'present' | 'absent' | 'late',
  version: number,
  more: { classId?: string; studentId?: string } = {},
) =>
  envelope('attendance.class-marked.v1', {
    classId: more.classId ?? classId,
    employeeId: more.studentId ?? student,
    date: '2026-11-20',
    status,
    version,
    before: null,
  });
const snapshot = (teacherIds: string[]) => ({ name: 'Class', siteId: v7(), teacherIds, members: 1 });

describe('marking by socket', () => {
  const body = { classId, studentId: student, status: 'late' };

  it('asks attendance in the name of the person, and acknowledges', async () => {
    const client = await socketOf(teacher);
    expect(await client.ask('markAttendance', { ...body, ttl: 60 })).toEqual({
      success: true,
      message: 'Attendance marked',
      cacheKey: `attendance_${classId}_${student}_2026-11-20`,
    });
    expect(asked).toMatchObject([{ actor: { id: teacher.id, role: 'teacher' }, body: { ...body, ttl: 60 } }]);
  });

  it.each([
    ['no class of theirs', teacher, { ...body, classId: otherClass }, { status: 404, code: 'not_found' }],
    ['no teacher', user('employee'), body, { status: 403, code: 'forbidden' }],
    ['a status nobody knows', teacher, { ...body, status: 'asleep' }, { status: 400, code: 'invalid_input' }],
    ['somebody else to speak for', teacher, { ...body, actor: hr.id }, { status: 400, code: 'invalid_input' }],
    ['no payload', teacher, undefined, { status: 400, code: 'invalid_input' }],
  ])('with %s is a problem in the acknowledgement', async (_what, actor, payload, problem) => {
    const client = await socketOf(actor);
    expect(await client.ask('markAttendance', payload)).toMatchObject({ ...problem, requestId: expect.any(String) });
    expect(asked).toEqual([]);
  });
});

describe('subscribing to a class', () => {
  it('brings every mark of it, whichever way and process it came in, and none of another', async () => {
    const clients = await Promise.all([socketOf(teacher, 0), socketOf(hr, 1)]);
    for (const client of clients)
      expect(await client.ask('subscribeToClass', { classId })).toEqual({ success: true, message: 'Subscribed' });
    const stranger = await socketOf(user('hr'), 1);
    // Subscriptions of the adapter are made in the background: repeat until news gets through both ways.
    let version = 0;
    const probe = v7();
    await vi.waitFor(
      async () => {
        for (const process of [0, 1]) {
          const before = clients.map(({ updates }) => updates.length);
          version++;
          await deliver(marked('present', version, { studentId: probe }), process);
          await vi.waitFor(() =>
            expect(clients.every(({ updates }, at) => updates.length > (before[at] ?? 0))).toBe(true),
          );
        }
      },
      { timeout: 20_000 },
    );
    for (const { updates } of clients) updates.length = 0;
    await deliver(marked('late', 1, { classId: otherClass }), 1);
    await deliver(marked('absent', 1), 0);
    await deliver(marked('late', 2), 1);
    await until(() => {
      for (const { updates } of clients)
        expect(updates).toEqual([
          { studentId: student, status: 'absent' },
          { studentId: student, status: 'late' },
        ]);
    });
    expect(stranger.updates).toEqual([]);
  });

  it('an old mark that comes late is not told after the new one', async () => {
    const someone = v7();
    const client = await socketOf(hr);
    await client.ask('subscribeToClass', { classId });
    await deliver(marked('late', 2, { studentId: someone }));
    await deliver(marked('present', 1, { studentId: someone }));
    await deliver(marked('absent', 3, { studentId: someone }));
    await until(() => expect(client.updates).toHaveLength(2));
    expect(client.updates).toMatchObject([{ status: 'late' }, { status: 'absent' }]);
  });

  it('is for who may see the class; a room cannot be named', async () => {
    const mine = await socketOf(teacher);
    expect(await mine.ask('subscribeToClass', { classId: otherClass })).toMatchObject({ code: 'not_found' });
    expect(await mine.ask('subscribeToClass', { classId: `${classId}x` })).toMatchObject({ code: 'invalid_input' });
    expect(await mine.ask('subscribeToClass', { classId, room: 'role:admin' })).toMatchObject({
      code: 'invalid_input',
    });
    expect(await (await socketOf(user('manager'))).ask('subscribeToClass', { classId })).toMatchObject({
      code: 'forbidden',
    });
  });

  it('ends for a teacher who loses the class, and for everybody when it is deleted', async () => {
    const [mine, theirs] = await Promise.all([socketOf(teacher), socketOf(hr)]);
    await mine.ask('subscribeToClass', { classId });
    await theirs.ask('subscribeToClass', { classId });
    const people = { before: snapshot([teacher.id]), after: snapshot([v7()]), joined: [], left: [] };
    const one = v7();
    await deliver(envelope('attendance.class-updated.v1', { classId, ...people }));
    await deliver(marked('present', 1, { studentId: one }));
    await until(() => expect(theirs.updates).toHaveLength(1));
    await deliver(envelope('attendance.class-deleted.v1', { classId, before: snapshot([]) }));
    await deliver(marked('late', 2, { studentId: one }));
    // What was delivered after it has come: it would have come before.
    await theirs.ask('subscribeToClass', { classId });
    await deliver(marked('absent', 3, { studentId: one }));
    await until(() => expect(theirs.updates).toHaveLength(2));
    expect(theirs.updates[1]).toMatchObject({ status: 'absent' });
    expect(mine.updates).toEqual([]);
  });

  it('is asked again where the class changed hands meanwhile', async () => {
    const client = await socketOf(teacher);
    beforeAnswer = async () => {
      beforeAnswer = undefined;
      teachers = [];
      const people = { before: snapshot([teacher.id]), after: snapshot([]), joined: [], left: [] };
      await deliver(envelope('attendance.class-updated.v1', { classId, ...people }));
    };
    expect(await client.ask('subscribeToClass', { classId })).toMatchObject({ code: 'not_found' });
  });

  it('needs attendance; without it the acknowledgement says so', async () => {
    const client = await socketOf(hr);
    beforeAnswer = async () => {
      throw new AppError('unavailable', 'attendance cannot be reached.');
    };
    expect(await client.ask('subscribeToClass', { classId })).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
