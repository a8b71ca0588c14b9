// Attendance of classes on the whole platform: a real Redis behind real sidecars, that goes away and comes back; teachers by REST and by socket.
import { type Answer, expectStatus } from '@muster/demo';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, type Member } from '../src/access/cast.ts';
import { eventually } from '../src/eventually.ts';
import { newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

interface Mark {
  status: string;
  timestamp: string;
}

let hr: Member;
let teacher: Member;
let stranger: Member;
let students: string[];
let classId: string;
const open: Socket[] = [];

beforeAll(async () => {
  const [people, ...members] = await Promise.all([
    newPeople(3),
    createMember('hr'),
    createMember('teacher'),
    createMember('teacher'),
  ]);
  [hr, teacher, stranger] = members as [Member, Member, Member];
  students = people.map(({ id }) => id);
  const body = { name: `Class ${uuid()}`, teacherIds: [teacher.id], memberIds: students };
  // People reach attendance by events.
  classId = await eventually('the class', async () => {
    const answer = await call<{ id: string }>('POST', '/api/classes', hr, body);
    return answer.status === 400 ? undefined : expectStatus(answer, 201).id;
  });
});
afterAll(() => {
  for (const socket of open) socket.close();
});

async function call<T>(method: string, path: string, who: Member, body?: object): Promise<Answer<T>> {
  const { api } = await world();
  return api.call<T>(method, path, { token: who.token, ...(body && { body }), patience: 50 });
}
const mark = async (status: string, student = students[0], ttl?: number): Promise<string> => {
  const body = { classId, studentId: student, status, ...(ttl && { ttl }) };
  return expectStatus(await call<{ cacheKey: string }>('POST', '/api/attendance/mark', teacher, body), 201).cacheKey;
};
const read = async (student = students[0]) => {
  const answer = await call<Mark>('GET', `/api/attendance/student?classId=${classId}&studentId=${student}`, teacher);
  return { status: expectStatus(answer, 200).status, use: answer.headers['x-cache'] };
};
/** Reads until the answer comes from there; whatever came before it was the same. */
async function readsAs(use: string, status: string): Promise<void> {
  const seen = new Set<string>();
  await eventually(`a ${use}`, async () => {
    const answer = await read();
    seen.add(answer.status);
    return answer.use === use;
  });
  expect([...seen]).toEqual([status]);
}
const inRedis = async (key: string): Promise<Mark | undefined> => {
  const text = (await (await world()).redis(['GET', key])).trim();
  return text === '' ? undefined : JSON.parse(text);
};

async function connect(who: Member, origin?: string): Promise<Socket> {
  const { api } = await world();
  const socket = io(`${origin ?? api.origin}/attendance`, {
    transports: ['websocket'],
    auth: { token: who.token },
    forceNew: true,
  });
  open.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
  });
  return socket;
}

describe('the cache of a class', () => {
  it('is Redis: the value is under its key as it was said, for as long as was said', async () => {
    const { redis } = await world();
    const key = await mark('late', students[1], 600);
    expect(key).toMatch(new RegExp(`^attendance_${classId}_${students[1]}_\\d{4}-\\d{2}-\\d{2}$`));
    // Whoever waits too long for Redis on a busy machine goes without: it is there a moment later.
    await eventually('the value', async () => {
      if ((await read(students[1])).use !== 'hit') return undefined;
      return await inRedis(key);
    });
    expect(await inRedis(key)).toEqual({ status: 'late', timestamp: expect.stringMatching(/Z$/) });
    const ttl = Number(await redis(['TTL', key]));
    expect(ttl).toBeGreaterThan(60);
    expect(ttl).toBeLessThanOrEqual(3600);
    const data = await call<Mark>('GET', `/api/attendance/data?key=${key}`, teacher);
    expect(expectStatus(data, 200)).toEqual(await inRedis(key));
    expect((await call('GET', `/api/attendance/data?key=${key}`, stranger)).status).toBe(404);
  });

  it('is dropped for a whole class, and the marks are still there', async () => {
    const keys = await Promise.all(students.map((student) => mark('present', student)));
    expect((await call('DELETE', `/api/attendance/invalidate/class/${classId}`, stranger)).status).toBe(404);
    expect((await call('DELETE', `/api/attendance/invalidate/class/${classId}`, teacher)).status).toBe(204);
    await eventually('Redis forgot', async () =>
      (await Promise.all(keys.map(inRedis))).every((value) => value === undefined),
    );
    await readsAs('hit', 'present');
  });

  it('may go away: marks are kept, answers come from Postgres, and nothing old comes back with it', async () => {
    const { platform } = await world();
    const key = await mark('absent');
    await readsAs('hit', 'absent');
    const before = await inRedis(key);
    await platform.part('redis').stop();
    await mark('excused');
    expect(await read()).toEqual({ status: 'excused', use: 'bypass' });
    await platform.part('redis').start();
    // It kept its file, and with it the old value: readers are never told, and it goes by itself.
    expect(before?.status).toBe('absent');
    await readsAs('hit', 'excused');
    // What it was owed is dropped once more; who reads puts it back.
    await eventually('Redis has the new value', async () => {
      await read();
      return (await inRedis(key))?.status === 'excused';
    });
  });
});

describe('sockets of a class', () => {
  it('mark, and tell everybody who subscribed, whichever way and process a mark came in', async () => {
    const { platform } = await world();
    const replica = await platform.addReplica('events');
    try {
      const [mine, theirs] = await Promise.all([connect(teacher), connect(hr, replica.url)]);
      const boxes = [mine, theirs].map((socket) => {
        const box: { studentId: string; status: string }[] = [];
        socket.on('attendanceUpdate', (update) => box.push(update));
        return box;
      });
      for (const socket of [mine, theirs])
        await eventually('subscribed', async () => {
          const ack = await socket.timeout(10_000).emitWithAck('subscribeToClass', { classId });
          return ack.success === true;
        });
      const student = students[2] ?? '';
      const said = await mine
        .timeout(10_000)
        .emitWithAck('markAttendance', { classId, studentId: student, status: 'late' });
      expect(said).toMatchObject({ success: true, cacheKey: expect.stringContaining(student) });
      const wants = (status: string) =>
        eventually(`everybody heard of ${status}`, async () =>
          boxes.every((box) => box.some((update) => update.studentId === student && update.status === status)),
        );
      await wants('late');
      await mark('excused', student);
      await wants('excused');
    } finally {
      await replica.service.stop();
      await replica.sidecar.stop();
    }
  });

  it('acts in the person’s own name: the audit log names who marked', async () => {
    const { api, adminToken } = await world();
    const actors = await eventually('it is audited', async () => {
      const answer = await api.call<{ data: { eventType: string; actor: { id: string } }[] }>(
        'GET',
        `/api/audit-logs?entityId=${classId}&eventType=attendance.class-marked&limit=100`,
        { token: adminToken() },
      );
      const { data } = expectStatus(answer, 200);
      return data.length > 0 && data.map(({ actor }) => actor.id);
    });
    expect(new Set(actors)).toEqual(new Set([teacher.id]));
  });

  it('refuse who does not teach the class, as problems in the acknowledgement', async () => {
    const socket = await connect(stranger);
    for (const [name, payload] of [
      ['subscribeToClass', { classId }],
      ['markAttendance', { classId, studentId: students[0], status: 'present' }],
    ] as const)
      expect(await socket.timeout(10_000).emitWithAck(name, payload)).toMatchObject({
        status: 404,
        code: 'not_found',
        requestId: expect.any(String),
      });
  });

  it('have no way around: the inner route is for the sidecar of events alone', async () => {
    const { platform } = await world();
    const answer = await fetch(`${platform.urls.services.attendance}/internal/class-attendance/watch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${hr.token}` },
      body: JSON.stringify({ classId }),
    });
    expect(answer.status).toBe(403);
    const inner = 'v1.0/invoke/attendance/method/internal/class-attendance/watch';
    const around = await fetch(`${platform.sidecarUrl('employee')}/${inner}`, {
      method: 'POST',
      headers: { 'dapr-api-token': platform.tokens.employee?.dapr ?? '' },
    });
    expect(around.status).toBe(403);
    expect(await around.text()).toContain('PermissionDenied');
  });
});
