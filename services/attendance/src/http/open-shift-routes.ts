import { createRoute } from '@hono/zod-openapi';
import {
  openShift,
  openShiftList,
  openShiftListQuery,
  openShiftParams,
  postOpenShiftBody,
} from '@muster/contracts/http/attendance-open-shifts';
import { idempotencyHeader } from '@muster/contracts/http/employee';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { closeOpenShift } from '../verbs/open-shifts/close-open-shift.ts';
import { getOpenShift } from '../verbs/open-shifts/get-open-shift.ts';
import { listOpenShifts } from '../verbs/open-shifts/list-open-shifts.ts';
import { postOpenShift } from '../verbs/open-shifts/post-open-shift.ts';

const common = { tags: ['open shifts'], security: bearer };

const postRoute = createRoute({
  ...common,
  method: 'post',
  path: '/open-shifts',
  operationId: 'postOpenShift',
  summary: 'Post places of a shift for people of a site to pick up',
  request: { headers: idempotencyHeader, body: jsonBody(postOpenShiftBody) },
  responses: {
    201: created(openShift),
    ...commonProblems('not_found', 'conflict', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/open-shifts',
  operationId: 'listOpenShifts',
  summary: 'Open shifts of my site (hr: of all), newest first, by cursor',
  request: { query: openShiftListQuery },
  responses: { 200: jsonOk(openShiftList), ...commonProblems() },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/open-shifts/{openShiftId}',
  operationId: 'getOpenShift',
  summary: 'One open shift',
  request: { params: openShiftParams },
  responses: { 200: jsonOk(openShift), ...commonProblems('not_found') },
});

const closeRoute = createRoute({
  ...common,
  method: 'post',
  path: '/open-shifts/{openShiftId}/close',
  operationId: 'closeOpenShift',
  summary: 'End picking up; who has a place keeps it',
  description: 'Takes no body.',
  request: { params: openShiftParams },
  responses: { 200: jsonOk(openShift), ...commonProblems('not_found') },
});

/** Places of shifts that people of a site may pick up. */
export function openShiftRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(postRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const posted = await postOpenShift(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(posted, 201, { Location: `/api/rosters/open-shifts/${posted.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listOpenShifts(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(getRoute, async (c) =>
    c.json(await getOpenShift(deps, c.var.actor, c.req.valid('param').openShiftId), 200),
  );
  router.openapi(closeRoute, async (c) =>
    c.json(await closeOpenShift(deps, c.var.actor, c.req.valid('param').openShiftId), 200),
  );
  return router;
}
