import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  attendanceList,
  attendanceListQuery,
  attendanceSession,
  attendanceSummary,
  summaryQuery,
  todayAnswer,
  todayQuery,
} from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getAttendance } from '../verbs/get-attendance.ts';
import { getSummary } from '../verbs/get-summary.ts';
import { getToday } from '../verbs/get-today.ts';
import { listAttendance } from '../verbs/list-attendance.ts';

const common = { method: 'get' as const, tags: ['attendance'], security: bearer };

const todayRoute = createRoute({
  ...common,
  path: '/today',
  operationId: 'getToday',
  summary: 'The session of today, the day at the person’s site; null where there is none',
  request: { query: todayQuery },
  responses: { 200: jsonOk(todayAnswer), ...commonProblems('not_found') },
});

const summaryRoute = createRoute({
  ...common,
  path: '/summary',
  operationId: 'getSummary',
  summary: 'Sums over local days; this month so far by default',
  request: { query: summaryQuery },
  responses: { 200: jsonOk(attendanceSummary), ...commonProblems('not_found') },
});

const listRoute = createRoute({
  ...common,
  path: '/',
  operationId: 'listAttendance',
  summary: 'Sessions the caller may see, newest first, by cursor',
  request: { query: attendanceListQuery },
  responses: { 200: jsonOk(attendanceList), ...commonProblems() },
});

const getRoute = createRoute({
  ...common,
  path: '/{id}',
  operationId: 'getAttendance',
  summary: 'One session',
  request: { params: z.object({ id }) },
  responses: { 200: jsonOk(attendanceSession), ...commonProblems('not_found') },
});

/** Reading: what the caller may not see does not exist. */
export function readRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(todayRoute, async (c) =>
    c.json(await getToday(deps, c.var.actor, c.req.valid('query').employeeId), 200),
  );
  router.openapi(summaryRoute, async (c) => c.json(await getSummary(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(listRoute, async (c) => c.json(await listAttendance(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(getRoute, async (c) => c.json(await getAttendance(deps, c.var.actor, c.req.valid('param').id), 200));
  return router;
}
