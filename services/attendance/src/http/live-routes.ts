import { createRoute } from '@hono/zod-openapi';
import { liveBoard, liveQuery } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getLiveBoard } from '../verbs/live/get-live-board.ts';

const liveRoute = createRoute({
  method: 'get',
  path: '/live',
  operationId: 'getLiveBoard',
  tags: ['live'],
  summary: 'Who is in, late, missing, on a break or on leave, now: of a site, for managers everybody below them',
  security: bearer,
  request: { query: liveQuery },
  responses: { 200: jsonOk(liveBoard), ...commonProblems() },
});

/** Who is where now. */
export function liveRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(liveRoute, async (c) => c.json(await getLiveBoard(deps, c.var.actor, c.req.valid('query')), 200));
  return router;
}
