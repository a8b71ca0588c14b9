import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { punchHeaders } from '@muster/contracts/http/attendance';
import { workDate } from '@muster/contracts/http/attendance-days';
import {
  overtimeDecision,
  overtimeDecisionBody,
  overtimeQuery,
  waitingOvertimePage,
} from '@muster/contracts/http/attendance-overtime';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { decideOvertime } from '../verbs/timesheets/decide-overtime.ts';
import { listOvertime, listOvertimeDecisions } from '../verbs/timesheets/list-overtime.ts';

const common = { tags: ['overtime'], security: bearer };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/overtime',
  operationId: 'listOvertime',
  summary: 'Days whose overtime waits for approval, the latest first',
  request: { query: overtimeQuery },
  responses: { 200: jsonOk(waitingOvertimePage), ...commonProblems() },
});

const decideRoute = createRoute({
  ...common,
  method: 'post',
  path: '/overtime',
  operationId: 'decideOvertime',
  summary: 'Say how much of a date’s overtime is approved in all',
  description:
    'Of two who answer the same question the second gets 409. What is worked beyond what was decided waits again.',
  request: { headers: punchHeaders, body: jsonBody(overtimeDecisionBody) },
  responses: {
    201: created(overtimeDecision),
    ...commonProblems('not_found', 'conflict', 'month_locked', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const decisionsRoute = createRoute({
  ...common,
  method: 'get',
  path: '/overtime/{employeeId}/{date}',
  operationId: 'listOvertimeDecisions',
  summary: 'What was decided about a date’s overtime, the latest first',
  request: { params: z.object({ employeeId: id.toLowerCase(), date: workDate }) },
  responses: { 200: jsonOk(z.object({ data: z.array(overtimeDecision) })), ...commonProblems('not_found') },
});

/** Overtime that somebody has to approve. */
export function overtimeRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(listRoute, async (c) => c.json(await listOvertime(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(decideRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const decision = await decideOvertime(deps, c.var.actor, c.req.valid('json'), key);
    const { employeeId, date } = decision;
    return c.json(decision, 201, { Location: `/api/attendance/overtime/${employeeId}/${date}` });
  });
  router.openapi(decisionsRoute, async (c) => {
    const { employeeId, date } = c.req.valid('param');
    return c.json(await listOvertimeDecisions(deps, c.var.actor, employeeId, date), 200);
  });
  return router;
}
