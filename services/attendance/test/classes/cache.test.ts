import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheKeyOf } from '../../src/domain/classes/cache-key.ts';
import { dropOwedKeys } from '../../src/verbs/classes/drop-owed-keys.ts';
import { createWorld, type World } from '../harness.ts';
import { fakeCache } from './fake-cache.ts';
import { createSchool, mark, readMark, type School } from './school.ts';

let w: World;
let school: School;
const redis = fakeCache();
beforeAll(async () => {
  w = await createWorld({ classCache: redis.cache });
});
afterAll(() => w.drop());
beforeEach(async () => {
  redis.state.away = false;
  redis.values.clear();
  redis.holdPuts();
  await w.sql`delete from class_cache_owed`;
  school = await createSchool(w);
});

const date = '2026-11-20';
const keyOf = (studentId: string | undefined) =>
  cacheKeyOf({ classId: school.classId, studentId: studentId ?? '', date });
const read = (student = school.students[0]) => readMark(school.teacher, school.classId, student);
const owed = async () => (await w.sql<{ key: string }[]>`select key from class_cache_owed`).map(({ key }) => key);
const marks = () => w.sql`select student_id, status from class_marks where class_id = ${school.classId} order by 1`;

describe('the cache', () => {
  it('has a mark under its key, with the status and the time, for an hour or as long as was said', async () => {
    const [one, two] = school.students;
    const { body } = await mark(school.teacher, school.classId, one);
    expect(redis.values.get(body.cacheKey)).toEqual({
      value: { status: 'present', timestamp: expect.stringMatching(/Z$/) },
      ttlSeconds: 3600,
    });
    await mark(school.teacher, school.classId, two, 'late', { ttl: 60 });
    expect(redis.values.get(keyOf(two))?.ttlSeconds).toBe(60);
  });

  it('answers hit; once it forgot, miss, and hit again', async () => {
    await mark(school.teacher, school.classId, school.students[0], 'excused');
    const seen = [];
    for (const forget of [false, true, false]) {
      if (forget) redis.values.clear();
      const { headers, body } = await read();
      seen.push([headers.get('x-cache'), body.status]);
    }
    expect(seen).toEqual([
      ['hit', 'excused'],
      ['miss', 'excused'],
      ['hit', 'excused'],
    ]);
    expect(redis.values.get(keyOf(school.students[0]))?.ttlSeconds).toBe(3600);
  });

  it('knows nothing of a day on which nobody was marked', async () => {
    expect((await read()).status).toBe(404);
    redis.values.set(keyOf(school.students[0]), { value: { status: 'present', timestamp: 'x' }, ttlSeconds: 1 });
    expect((await read()).status).toBe(404);
  });

  it('shows one value by its key, to whoever may see the class, and only what is cached', async () => {
    const other = await createSchool(w);
    await mark(school.teacher, school.classId, school.students[0], 'late');
    const path = `/api/attendance/data?key=${keyOf(school.students[0])}`;
    const shown = await school.teacher.send('GET', path);
    expect([shown.status, shown.headers.get('x-cache'), shown.body.status]).toEqual([200, 'hit', 'late']);
    expect((await other.teacher.send('GET', path)).status).toBe(404);
    redis.values.clear();
    expect((await school.teacher.send('GET', path)).status).toBe(404);
    for (const key of ['x', `${keyOf(v7())}x`, keyOf(v7()).replace(date, '2026-02-31'), 'muster:sockets'])
      expect((await school.teacher.send('GET', `/api/attendance/data?key=${key}`)).status).toBe(400);
  });
});

describe('invalidating', () => {
  it('a student drops that student’s keys of every day, a class those of everybody; no mark is lost', async () => {
    const { teacher, classId, students } = school;
    w.clock.set('2026-11-19T09:00:00Z');
    await mark(teacher, classId, students[0], 'absent', { ttl: 86_400 });
    w.clock.set('2026-11-20T08:00:00Z');
    for (const student of students) await mark(teacher, classId, student);
    const before = await marks();
    expect(redis.values.size).toBe(4);
    expect((await teacher.send('DELETE', `/api/attendance/invalidate/${classId}/${students[0]}`)).status).toBe(204);
    expect([...redis.values.keys()].sort()).toEqual([keyOf(students[1]), keyOf(students[2])].sort());
    expect((await read(students[0])).headers.get('x-cache')).toBe('miss');
    // A day read again is cached again, and found again.
    await readMark(teacher, classId, students[0], '&date=2026-11-19');
    expect(redis.values.size).toBe(4);
    expect((await teacher.send('DELETE', `/api/attendance/invalidate/class/${classId}`)).status).toBe(204);
    expect(redis.values.size).toBe(0);
    expect(await marks()).toEqual(before);
    w.clock.set('2026-11-20T09:00:00Z');
  });

  it('is for who may mark in the class, and leaves other classes alone', async () => {
    const other = await createSchool(w);
    await mark(other.teacher, other.classId, other.students[0]);
    for (const path of [`class/${other.classId}`, `${other.classId}/${other.students[0]}`])
      expect((await school.teacher.send('DELETE', `/api/attendance/invalidate/${path}`)).status).toBe(404);
    expect((await school.teacher.send('DELETE', `/api/attendance/invalidate/class/${school.classId}`)).status).toBe(
      204,
    );
    expect(redis.values.size).toBe(1);
  });
});

describe('Redis away', () => {
  it('marks are kept, answers come from Postgres, and say so', async () => {
    redis.state.away = true;
    expect((await mark(school.teacher, school.classId, school.students[0], 'late')).status).toBe(201);
    const answer = await read();
    expect([answer.headers.get('x-cache'), answer.body.status]).toEqual(['bypass', 'late']);
    const shown = await school.teacher.send('GET', `/api/attendance/data?key=${keyOf(school.students[0])}`);
    expect([shown.headers.get('x-cache'), shown.body.status]).toEqual(['bypass', 'late']);
    redis.state.away = false;
    expect((await read()).headers.get('x-cache')).toBe('miss');
    expect((await read()).headers.get('x-cache')).toBe('hit');
  });

  it('what it still holds when it is back hides no mark that was made meanwhile, in any process', async () => {
    await mark(school.teacher, school.classId, school.students[0], 'absent');
    redis.state.away = true;
    await mark(school.teacher, school.classId, school.students[0], 'present');
    redis.state.away = false;
    expect(redis.values.get(keyOf(school.students[0]))?.value).toMatchObject({ status: 'absent' });
    const answer = await read();
    expect([answer.headers.get('x-cache'), answer.body.status]).toEqual(['miss', 'present']);
    expect(redis.values.get(keyOf(school.students[0]))?.value).toMatchObject({ status: 'present' });
  });

  it('what it should not hold any more is dropped soon after, though nobody reads it', async () => {
    const { teacher, classId, students } = school;
    for (const student of students) await mark(teacher, classId, student, 'absent');
    redis.state.away = true;
    await mark(teacher, classId, students[0], 'present');
    expect((await teacher.send('DELETE', `/api/attendance/invalidate/${classId}/${students[1]}`)).status).toBe(204);
    expect((await owed()).sort()).toEqual([keyOf(students[0]), keyOf(students[1])].sort());
    expect(await dropOwedKeys(w.deps)).toBe(0);
    expect(await owed()).toHaveLength(2);
    redis.state.away = false;
    expect(await dropOwedKeys(w.deps)).toBe(2);
    expect(await owed()).toEqual([]);
    expect([...redis.values.keys()]).toEqual([keyOf(students[2])]);
  });

  it('thousands of keys are dropped by many processes without waiting for each other', async () => {
    const keys = Array.from({ length: 1500 }, () => `attendance_${randomUUID()}`);
    for (const key of keys) redis.values.set(key, { value: {}, ttlSeconds: 1 });
    await w.sql`insert into class_cache_owed select * from unnest(${keys}::text[])`;
    await Promise.all([dropOwedKeys(w.deps), dropOwedKeys(w.deps)]);
    await dropOwedKeys(w.deps);
    expect([redis.values.size, (await owed()).length]).toEqual([0, 0]);
  });
});

describe('races', () => {
  it('a slow fill with an old mark is found out and goes again', async () => {
    const { teacher, classId, students } = school;
    await mark(teacher, classId, students[0], 'absent');
    redis.values.clear();
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    redis.holdPuts(async () => {
      redis.holdPuts();
      reach();
      await held;
    });
    const slow = read();
    await reached;
    await mark(teacher, classId, students[0], 'present');
    letGo();
    expect((await slow).body.status).toBe('absent');
    expect(redis.values.has(keyOf(students[0]))).toBe(false);
    expect((await read()).body.status).toBe('present');
  });

  it('of marks, reads and invalidations leave no old value, neither in answers nor in Redis', async () => {
    const { teacher, classId, students } = school;
    const statuses = ['present', 'absent', 'late', 'excused'];
    redis.holdPuts(() => new Promise((done) => setTimeout(done, Math.random() * 10)));
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        await new Promise((done) => setTimeout(done, Math.random() * 100));
        const student = students[n % 3];
        if (n % 5 === 0) await mark(teacher, classId, student, statuses[n % 4]);
        else if (n % 7 === 0) await teacher.send('DELETE', `/api/attendance/invalidate/class/${classId}`);
        else await read(student);
      }),
    );
    const rows = await marks();
    expect(rows).toHaveLength(3);
    for (const { student_id: student, status } of rows) {
      const kept = redis.values.get(keyOf(student))?.value as { status: string } | undefined;
      expect([undefined, status]).toContain(kept?.status);
      for (const use of [undefined, 'hit']) {
        const answer = await read(student);
        expect(answer.body.status).toBe(status);
        if (use) expect(answer.headers.get('x-cache')).toBe(use);
      }
    }
  });
});
