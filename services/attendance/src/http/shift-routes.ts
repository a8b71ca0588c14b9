import { createRoute, z } from '@hono/zod-openapi';
import { etagOf, id } from '@muster/contracts';
import {
  createShiftTypeBody,
  shiftTypePage,
  shiftTypeQuery,
  shiftTypeView,
  updateShiftTypeBody,
} from '@muster/contracts/http/attendance-shifts';
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
import { createShiftType } from '../verbs/rosters/create-shift-type.ts';
import { getShiftType } from '../verbs/rosters/get-shift-type.ts';
import { listShiftTypes } from '../verbs/rosters/list-shift-types.ts';
import { retireShiftType } from '../verbs/rosters/retire-shift-type.ts';
import { updateShiftType } from '../verbs/rosters/update-shift-type.ts';

const common = { tags: ['shifts'], security: bearer };
const idParam = z.object({ id: id.toLowerCase() });

const creationRoute = createRoute({
  ...common,
  method: 'post',
  path: '/',
  operationId: 'createShiftType',
  summary: 'Create a shift type',
  request: { headers: idempotencyHeader, body: jsonBody(createShiftTypeBody) },
  responses: {
    201: created(shiftTypeView),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/',
  operationId: 'listShiftTypes',
  summary: 'Shift types by name',
  request: { query: shiftTypeQuery },
  responses: { 200: jsonOk(shiftTypePage), ...commonProblems() },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/{id}',
  operationId: 'getShiftType',
  summary: 'One shift type, with every version it had',
  request: { params: idParam },
  responses: { 200: jsonOk(shiftTypeView), ...commonProblems('not_found') },
});

const updateRoute = createRoute({
  ...common,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateShiftType',
  summary: 'Change a shift type for shifts from a date on; earlier days stay what they were',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(updateShiftTypeBody) },
  responses: {
    200: jsonOk(shiftTypeView),
    ...commonProblems('not_found', 'name_taken', 'conflict', 'version_mismatch'),
  },
});

const retireRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/{id}',
  operationId: 'retireShiftType',
  summary: 'Retire a shift type: it is planned no more, what was planned stays',
  request: { params: idParam },
  responses: { 204: noContent('Retired'), ...commonProblems('not_found') },
});

/** Shift types: when people come, and by what rules that day is counted. */
export function shiftRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(creationRoute, async (c) => {
    const type = await createShiftType(
      deps,
      c.var.actor,
      c.req.valid('json'),
      c.req.valid('header')['idempotency-key'],
    );
    return c.json(type, 201, { Location: `/api/shifts/${type.id}`, ETag: etagOf(type.version) });
  });
  router.openapi(listRoute, async (c) => c.json(await listShiftTypes(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(getRoute, async (c) => {
    const type = await getShiftType(deps, c.var.actor, c.req.valid('param').id);
    return c.json(type, 200, { ETag: etagOf(type.version) });
  });
  router.openapi(updateRoute, async (c) => {
    const { id: typeId } = c.req.valid('param');
    const ifMatch = c.req.valid('header')['if-match'];
    const type = await updateShiftType(deps, c.var.actor, typeId, c.req.valid('json'), ifMatch);
    return c.json(type, 200, { ETag: etagOf(type.version) });
  });
  router.openapi(retireRoute, async (c) => {
    await retireShiftType(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
