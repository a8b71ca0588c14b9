import { createRoute, z } from '@hono/zod-openapi';
import { id, pageQuery } from '@muster/contracts';
import { punchHeaders } from '@muster/contracts/http/attendance';
import {
  createLeaveTypeBody,
  grantedLeave,
  grantLeaveBody,
  leaveType,
  leaveTypePage,
  updateLeaveTypeBody,
} from '@muster/contracts/http/attendance-leave';
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
import { createLeaveType } from '../verbs/leave/create-leave-type.ts';
import { deleteLeaveType } from '../verbs/leave/delete-leave-type.ts';
import { getLeaveType } from '../verbs/leave/get-leave-type.ts';
import { grantLeave } from '../verbs/leave/grant-leave.ts';
import { listLeaveTypes } from '../verbs/leave/list-leave-types.ts';
import { updateLeaveType } from '../verbs/leave/update-leave-type.ts';

const shared = { tags: ['leave'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/types',
  operationId: 'createLeaveType',
  summary: 'Create a kind of leave',
  request: { headers: punchHeaders, body: jsonBody(createLeaveTypeBody) },
  responses: {
    201: created(leaveType),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/types',
  operationId: 'listLeaveTypes',
  summary: 'Kinds of leave by name, inactive ones too',
  request: { query: pageQuery },
  responses: { 200: jsonOk(leaveTypePage), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/types/{id}',
  operationId: 'getLeaveType',
  summary: 'One kind of leave',
  request: { params },
  responses: { 200: jsonOk(leaveType), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/types/{id}',
  operationId: 'updateLeaveType',
  summary: 'Change a kind of leave, for what is asked for and granted from now on',
  request: { params, body: jsonBody(updateLeaveTypeBody) },
  responses: { 200: jsonOk(leaveType), ...commonProblems('not_found', 'name_taken') },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/types/{id}',
  operationId: 'deleteLeaveType',
  summary: 'Delete a kind of leave that nobody ever had',
  request: { params },
  responses: { 204: noContent('Deleted'), ...commonProblems('not_found', 'in_use') },
});

const grant = createRoute({
  ...shared,
  method: 'post',
  path: '/types/{id}/grant',
  operationId: 'grantLeave',
  summary: 'Grant a leave year now to everybody who was not; the job does it a quarter ahead',
  request: { params, body: jsonBody(grantLeaveBody) },
  responses: { 200: jsonOk(grantedLeave), ...commonProblems('not_found') },
});

/** Kinds of leave. */
export function leaveTypeRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(create, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const made = await createLeaveType(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(made, 201, { Location: `/api/leave/types/${made.id}` });
  });
  router.openapi(list, async (c) => c.json(await listLeaveTypes(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => c.json(await getLeaveType(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(update, async (c) =>
    c.json(await updateLeaveType(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  router.openapi(remove, async (c) => {
    await deleteLeaveType(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(grant, async (c) =>
    c.json(await grantLeave(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  return router;
}
