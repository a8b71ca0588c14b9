import { createRoute } from '@hono/zod-openapi';
import { movedQuery, movedShifts, personRosterPage, rosterQuery } from '@muster/contracts/http/attendance-rosters';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { acceptMovedShifts } from '../verbs/rosters/accept-moved-shifts.ts';
import { listMovedShifts } from '../verbs/rosters/list-moved-shifts.ts';
import { listRosters } from '../verbs/rosters/list-rosters.ts';
import { assignmentRoutes } from './assignment-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { rotationRoutes } from './rotation-routes.ts';

const common = { tags: ['rosters'], security: bearer };

const list = createRoute({
  ...common,
  method: 'get',
  path: '/',
  operationId: 'listRosters',
  summary: 'Who works when: a page of the people one may see, with the shifts that are published for them',
  request: { query: rosterQuery },
  responses: { 200: jsonOk(personRosterPage), ...commonProblems() },
});

const moved = createRoute({
  ...common,
  method: 'get',
  path: '/moved',
  operationId: 'listMovedShifts',
  summary: 'Every future shift that a newer time-zone database moves; a page may be empty although there is a next one',
  request: { query: movedQuery },
  responses: { 200: jsonOk(movedShifts), ...commonProblems() },
});

const accepting = createRoute({
  ...common,
  method: 'post',
  path: '/moved/accept',
  operationId: 'acceptMovedShifts',
  summary: 'Take note of the shifts that moved: they are named no more; takes no body',
  responses: { 204: noContent('Noted'), ...commonProblems() },
});

/** Who works when. */
export function rosterRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(list, async (c) => c.json(await listRosters(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(moved, async (c) => c.json(await listMovedShifts(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(accepting, async (c) => {
    await acceptMovedShifts(deps, c.var.actor);
    return c.body(null, 204);
  });
  router.route('/', rotationRoutes(deps));
  router.route('/', assignmentRoutes(deps));
  router.route('/', draftRoutes(deps));
  return router;
}
