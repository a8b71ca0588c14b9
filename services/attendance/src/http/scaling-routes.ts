import { createRoute } from '@hono/zod-openapi';
import {
  plannedHeadcount,
  plannedHeadcountBody,
  scalingPlan,
  scalingPlanQuery,
} from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getScalingPlan } from '../verbs/get-scaling-plan.ts';
import { planHeadcount } from '../verbs/plan-headcount.ts';

const planRoute = createRoute({
  method: 'get',
  path: '/scaling-plan',
  operationId: 'getScalingPlan',
  tags: ['attendance'],
  summary: 'Expected check-ins and check-outs, and how many pods are wanted when; a day from now on by default',
  security: bearer,
  request: { query: scalingPlanQuery },
  responses: { 200: jsonOk(scalingPlan), ...commonProblems() },
});

const headcountRoute = createRoute({
  method: 'put',
  path: '/planned-headcount',
  operationId: 'planHeadcount',
  tags: ['attendance'],
  summary: 'Say how many people will clock in and out at a site; replaces what was planned between from and to',
  security: bearer,
  request: { body: jsonBody(plannedHeadcountBody) },
  responses: { 200: jsonOk(plannedHeadcount), ...commonProblems('not_found') },
});

/** For whoever plans and runs the shift change. Mount before the reading routes, whose `/{id}` takes any word. */
export function scalingRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(planRoute, async (c) => c.json(await getScalingPlan(deps, c.get('actor'), c.req.valid('query')), 200));
  router.openapi(headcountRoute, async (c) =>
    c.json(await planHeadcount(deps, c.get('actor'), c.req.valid('json')), 200),
  );
  return router;
}
