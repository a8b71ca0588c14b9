import { createRoute } from '@hono/zod-openapi';
import {
  cachedMark,
  cacheHeader,
  cacheKeyQuery,
  classParams,
  classStudentParams,
  markAnswer,
  markBody,
  punchHeaders,
  studentMarkQuery,
} from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import {
  bearer,
  commonProblems,
  created,
  createRouter,
  jsonBody,
  jsonOk,
  type KitEnv,
  noContent,
} from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { invalidateMarks } from '../verbs/classes/invalidate-marks.ts';
import { markStudent } from '../verbs/classes/mark-student.ts';
import { readCachedMark } from '../verbs/classes/read-cached-mark.ts';
import { readMark } from '../verbs/classes/read-mark.ts';

const marks = { tags: ['class attendance'], security: bearer };
const headers = {
  'X-Cache': {
    description: 'hit: Redis had it; miss: Postgres did; bypass: Postgres did, and Redis is away',
    schema: { type: 'string' as const, enum: [...cacheHeader] },
  },
};
const cachedOk = { ...jsonOk(cachedMark), headers };

const markRoute = createRoute({
  ...marks,
  method: 'post',
  path: '/mark',
  operationId: 'markStudent',
  summary: 'Mark a member of a class for today, the day at its site',
  request: { headers: punchHeaders, body: jsonBody(markBody) },
  responses: {
    201: created(markAnswer, 'Marked'),
    ...commonProblems('not_found', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const studentRoute = createRoute({
  ...marks,
  method: 'get',
  path: '/student',
  operationId: 'readStudentMark',
  summary: 'A student’s mark of a day; today at the class’s site by default',
  request: { query: studentMarkQuery },
  responses: { 200: cachedOk, ...commonProblems('not_found') },
});

const dataRoute = createRoute({
  ...marks,
  method: 'get',
  path: '/data',
  operationId: 'readCachedMark',
  summary: 'The cached value of a key `attendance_{classId}_{studentId}_{date}`',
  request: { query: cacheKeyQuery },
  responses: { 200: cachedOk, ...commonProblems('not_found') },
});

const dropClassRoute = createRoute({
  ...marks,
  method: 'delete',
  path: '/invalidate/class/{classId}',
  operationId: 'invalidateClass',
  summary: 'Drop what is cached of a class; never the marks',
  request: { params: classParams },
  responses: { 204: noContent('Dropped, or as soon as Redis is back'), ...commonProblems('not_found') },
});

const dropStudentRoute = createRoute({
  ...marks,
  method: 'delete',
  path: '/invalidate/{classId}/{studentId}',
  operationId: 'invalidateStudent',
  summary: 'Drop what is cached of a student in a class; never the marks',
  request: { params: classStudentParams },
  responses: { 204: noContent('Dropped, or as soon as Redis is back'), ...commonProblems('not_found') },
});

/** Attendance of classes: marked, read, and dropped from the cache. */
export function classAttendanceRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(markRoute, async (c) => {
    const body = c.req.valid('json');
    const answer = await markStudent(deps, c.var.actor, body, c.req.valid('header')['idempotency-key']);
    const query = new URLSearchParams({ classId: body.classId, studentId: body.studentId });
    return c.json(answer, 201, { Location: `/api/attendance/student?${query}` });
  });
  router.openapi(studentRoute, async (c) => {
    const { value, use } = await readMark(deps, c.var.actor, c.req.valid('query'));
    return c.json(value, 200, { 'X-Cache': use });
  });
  router.openapi(dataRoute, async (c) => {
    const { value, use } = await readCachedMark(deps, c.var.actor, c.req.valid('query').key);
    return c.json(value, 200, { 'X-Cache': use });
  });
  // Before the next one, whose `{classId}` takes any word.
  router.openapi(dropClassRoute, async (c) => {
    await invalidateMarks(deps, c.var.actor, c.req.valid('param').classId);
    return c.body(null, 204);
  });
  router.openapi(dropStudentRoute, async (c) => {
    const { classId, studentId } = c.req.valid('param');
    await invalidateMarks(deps, c.var.actor, classId, studentId);
    return c.body(null, 204);
  });
  return router;
}
