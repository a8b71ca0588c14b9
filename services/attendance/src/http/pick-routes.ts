import { createRoute } from '@hono/zod-openapi';
import { openShiftParams, pick, pickList, pickParams } from '@muster/contracts/http/attendance-open-shifts';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { decidePick } from '../verbs/open-shifts/decide-pick.ts';
import { giveBackShift } from '../verbs/open-shifts/give-back-shift.ts';
import { listPicks } from '../verbs/open-shifts/list-picks.ts';
import { pickUpShift } from '../verbs/open-shifts/pick-up-shift.ts';

const common = { tags: ['open shifts'], security: bearer };
const ofShift = { ...common, request: { params: openShiftParams } };
const ofPick = { ...common, request: { params: pickParams } };

const pickRoute = createRoute({
  ...ofShift,
  method: 'post',
  path: '/open-shifts/{openShiftId}/picks',
  operationId: 'pickUpShift',
  summary: 'Pick a place up: it is in my roster at once, or when a manager agrees',
  description: 'Takes no body. Repeated it is refused: nobody has two places.',
  responses: { 201: created(pick), ...commonProblems('not_found', 'conflict') },
});

const listRoute = createRoute({
  ...ofShift,
  method: 'get',
  path: '/open-shifts/{openShiftId}/picks',
  operationId: 'listPicks',
  summary: 'Who picked it up, oldest first',
  responses: { 200: jsonOk(pickList), ...commonProblems('not_found') },
});

const giveBackRoute = createRoute({
  ...ofShift,
  method: 'post',
  path: '/open-shifts/{openShiftId}/give-back',
  operationId: 'giveBackShift',
  summary: 'Give my place back, until the deadline',
  description: 'Takes no body.',
  responses: { 200: jsonOk(pick), ...commonProblems('not_found', 'conflict') },
});

const approveRoute = createRoute({
  ...ofPick,
  method: 'post',
  path: '/open-shifts/{openShiftId}/picks/{employeeId}/approve',
  operationId: 'approvePick',
  summary: 'Agree to a pick; never to one’s own',
  description: 'Takes no body.',
  responses: { 200: jsonOk(pick), ...commonProblems('not_found', 'conflict') },
});

const refuseRoute = createRoute({
  ...ofPick,
  method: 'post',
  path: '/open-shifts/{openShiftId}/picks/{employeeId}/refuse',
  operationId: 'refusePick',
  summary: 'Refuse a pick, which frees its place',
  description: 'Takes no body.',
  responses: { 200: jsonOk(pick), ...commonProblems('not_found', 'conflict') },
});

/** People and their places in open shifts. */
export function pickRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(pickRoute, async (c) => {
    const { openShiftId } = c.req.valid('param');
    const location = `/api/rosters/open-shifts/${openShiftId}`;
    return c.json(await pickUpShift(deps, c.var.actor, openShiftId), 201, { Location: location });
  });
  router.openapi(listRoute, async (c) =>
    c.json(await listPicks(deps, c.var.actor, c.req.valid('param').openShiftId), 200),
  );
  router.openapi(giveBackRoute, async (c) =>
    c.json(await giveBackShift(deps, c.var.actor, c.req.valid('param').openShiftId), 200),
  );
  router.openapi(approveRoute, async (c) =>
    c.json(await decidePick(deps, c.var.actor, { ...c.req.valid('param'), to: 'TAKEN' }), 200),
  );
  router.openapi(refuseRoute, async (c) =>
    c.json(await decidePick(deps, c.var.actor, { ...c.req.valid('param'), to: 'REFUSED' }), 200),
  );
  return router;
}
