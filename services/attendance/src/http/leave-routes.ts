import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { punchHeaders } from '@muster/contracts/http/attendance';
import {
  leaveDecisionBody,
  leaveRequest,
  leaveRequestBody,
  leaveRequests,
  leaveRequestsQuery,
} from '@muster/contracts/http/attendance-leave';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { cancelLeave } from '../verbs/leave/cancel-leave.ts';
import { decideLeave } from '../verbs/leave/decide-leave.ts';
import { getLeaveRequest } from '../verbs/leave/get-leave-request.ts';
import { listLeaveRequests } from '../verbs/leave/list-leave-requests.ts';
import { requestLeave } from '../verbs/leave/request-leave.ts';
import { leaveBalanceRoutes } from './leave-balance-routes.ts';
import { leaveTypeRoutes } from './leave-type-routes.ts';

const shared = { tags: ['leave'], security: bearer };
const params = z.object({ id: id.toLowerCase() });
const decision = { params, body: { ...jsonBody(leaveDecisionBody), required: false } };

const ask = createRoute({
  ...shared,
  method: 'post',
  path: '/requests',
  operationId: 'requestLeave',
  summary: 'Ask for leave',
  description:
    'It takes its days and its part of the balance at once. For somebody whose leave the caller decides about it is approved at once.',
  request: { headers: punchHeaders, body: jsonBody(leaveRequestBody) },
  responses: {
    201: created(leaveRequest),
    ...commonProblems(
      'not_found',
      'leave_overlap',
      'leave_balance_exceeded',
      'request_in_progress',
      'idempotency_mismatch',
    ),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/requests',
  operationId: 'listLeaveRequests',
  summary: 'Leave requests the caller may see, newest first, by cursor',
  request: { query: leaveRequestsQuery },
  responses: { 200: jsonOk(leaveRequests), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/requests/{id}',
  operationId: 'getLeaveRequest',
  summary: 'One leave request',
  request: { params },
  responses: { 200: jsonOk(leaveRequest), ...commonProblems('not_found') },
});

const approve = createRoute({
  ...shared,
  method: 'post',
  path: '/requests/{id}/approve',
  operationId: 'approveLeave',
  summary: 'Approve a request; nobody approves their own',
  request: decision,
  responses: { 200: jsonOk(leaveRequest), ...commonProblems('not_found', 'conflict') },
});

const reject = createRoute({
  ...shared,
  method: 'post',
  path: '/requests/{id}/reject',
  operationId: 'rejectLeave',
  summary: 'Reject a request: its days are free again',
  request: decision,
  responses: { 200: jsonOk(leaveRequest), ...commonProblems('not_found', 'conflict') },
});

const cancel = createRoute({
  ...shared,
  method: 'post',
  path: '/requests/{id}/cancel',
  operationId: 'cancelLeave',
  summary: 'Cancel a request: my own until its first day; of others whoever decides about it, at any time',
  request: decision,
  responses: { 200: jsonOk(leaveRequest), ...commonProblems('not_found', 'conflict') },
});

/** Leave: asked for, approved, taken. */
export function leaveRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.route('/', leaveTypeRoutes(deps));
  router.route('/', leaveBalanceRoutes(deps));
  router.openapi(ask, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const asked = await requestLeave(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(asked, 201, { Location: `/api/leave/requests/${asked.id}` });
  });
  router.openapi(list, async (c) => c.json(await listLeaveRequests(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => c.json(await getLeaveRequest(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(approve, async (c) => {
    const { note } = c.req.valid('json');
    return c.json(await decideLeave(deps, c.var.actor, c.req.valid('param').id, 'approved', note), 200);
  });
  router.openapi(reject, async (c) => {
    const { note } = c.req.valid('json');
    return c.json(await decideLeave(deps, c.var.actor, c.req.valid('param').id, 'rejected', note), 200);
  });
  router.openapi(cancel, async (c) =>
    c.json(await cancelLeave(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json').note), 200),
  );
  return router;
}
