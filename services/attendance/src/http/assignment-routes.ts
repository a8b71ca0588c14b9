import { createRoute, z } from '@hono/zod-openapi';
import { etagOf, id } from '@muster/contracts';
import {
  assignmentPage,
  assignmentQuery,
  assignmentView,
  createAssignmentBody,
  updateAssignmentBody,
} from '@muster/contracts/http/attendance-rosters';
import { idempotencyHeader, ifMatchHeader } from '@muster/contracts/http/employee';
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
import { createAssignment } from '../verbs/rosters/create-assignment.ts';
import { deleteAssignment } from '../verbs/rosters/delete-assignment.ts';
import { getAssignment } from '../verbs/rosters/get-assignment.ts';
import { listAssignments } from '../verbs/rosters/list-assignments.ts';
import { updateAssignment } from '../verbs/rosters/update-assignment.ts';

const common = { tags: ['rosters'], security: bearer };
const idParam = z.object({ id: id.toLowerCase() });

const creation = createRoute({
  ...common,
  method: 'post',
  path: '/assignments',
  operationId: 'createAssignment',
  summary: 'Say what somebody works from a date on: a shift type, or a rotation; it counts at once',
  request: { headers: idempotencyHeader, body: jsonBody(createAssignmentBody) },
  responses: {
    201: created(assignmentView),
    ...commonProblems('not_found', 'conflict', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...common,
  method: 'get',
  path: '/assignments',
  operationId: 'listAssignments',
  summary: 'Assignments of the people one may see, the latest first',
  request: { query: assignmentQuery },
  responses: { 200: jsonOk(assignmentPage), ...commonProblems() },
});

const get = createRoute({
  ...common,
  method: 'get',
  path: '/assignments/{id}',
  operationId: 'getAssignment',
  summary: 'One assignment',
  request: { params: idParam },
  responses: { 200: jsonOk(assignmentView), ...commonProblems('not_found') },
});

const update = createRoute({
  ...common,
  method: 'patch',
  path: '/assignments/{id}',
  operationId: 'updateAssignment',
  summary: 'End an assignment on a date, or let it go on',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(updateAssignmentBody) },
  responses: { 200: jsonOk(assignmentView), ...commonProblems('not_found', 'conflict', 'version_mismatch') },
});

const removal = createRoute({
  ...common,
  method: 'delete',
  path: '/assignments/{id}',
  operationId: 'deleteAssignment',
  summary: 'Take an assignment back as if it had never been',
  request: { params: idParam, headers: ifMatchHeader },
  responses: { 204: noContent('Taken back'), ...commonProblems('not_found', 'version_mismatch') },
});

/** Who works what, from when on. */
export function assignmentRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(creation, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const assignment = await createAssignment(deps, c.var.actor, c.req.valid('json'), key);
    const headers = { Location: `/api/rosters/assignments/${assignment.id}`, ETag: etagOf(assignment.version) };
    return c.json(assignment, 201, headers);
  });
  router.openapi(list, async (c) => c.json(await listAssignments(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => {
    const assignment = await getAssignment(deps, c.var.actor, c.req.valid('param').id);
    return c.json(assignment, 200, { ETag: etagOf(assignment.version) });
  });
  router.openapi(update, async (c) => {
    const { id: assignmentId } = c.req.valid('param');
    const ifMatch = c.req.valid('header')['if-match'];
    const assignment = await updateAssignment(deps, c.var.actor, assignmentId, c.req.valid('json'), ifMatch);
    return c.json(assignment, 200, { ETag: etagOf(assignment.version) });
  });
  router.openapi(removal, async (c) => {
    await deleteAssignment(deps, c.var.actor, c.req.valid('param').id, c.req.valid('header')['if-match']);
    return c.body(null, 204);
  });
  return router;
}
