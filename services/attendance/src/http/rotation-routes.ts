import { createRoute, z } from '@hono/zod-openapi';
import { id, pageQuery } from '@muster/contracts';
import { createRotationBody, rotationPage, rotationView } from '@muster/contracts/http/attendance-rosters';
import { idempotencyHeader } from '@muster/contracts/http/employee';
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
import { createRotation } from '../verbs/rosters/create-rotation.ts';
import { getRotation } from '../verbs/rosters/get-rotation.ts';
import { listRotations } from '../verbs/rosters/list-rotations.ts';
import { retireRotation } from '../verbs/rosters/retire-rotation.ts';

const common = { tags: ['rosters'], security: bearer };
const idParam = z.object({ id: id.toLowerCase() });

const creation = createRoute({
  ...common,
  method: 'post',
  path: '/rotations',
  operationId: 'createRotation',
  summary: 'Create a rotation: a pattern of shifts that repeats',
  request: { headers: idempotencyHeader, body: jsonBody(createRotationBody) },
  responses: {
    201: created(rotationView),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...common,
  method: 'get',
  path: '/rotations',
  operationId: 'listRotations',
  summary: 'Rotations by name',
  request: { query: pageQuery },
  responses: { 200: jsonOk(rotationPage), ...commonProblems() },
});

const get = createRoute({
  ...common,
  method: 'get',
  path: '/rotations/{id}',
  operationId: 'getRotation',
  summary: 'One rotation',
  request: { params: idParam },
  responses: { 200: jsonOk(rotationView), ...commonProblems('not_found') },
});

const retirement = createRoute({
  ...common,
  method: 'delete',
  path: '/rotations/{id}',
  operationId: 'retireRotation',
  summary: 'Retire a rotation: nobody is assigned to it any more, who is stays',
  request: { params: idParam },
  responses: { 204: noContent('Retired'), ...commonProblems('not_found') },
});

/** Patterns of shifts. */
export function rotationRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(creation, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const rotation = await createRotation(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(rotation, 201, { Location: `/api/rosters/rotations/${rotation.id}` });
  });
  router.openapi(list, async (c) => c.json(await listRotations(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => c.json(await getRotation(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(retirement, async (c) => {
    await retireRotation(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
