import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  classListQuery,
  classPage,
  classRegister,
  classView,
  createClassBody,
  punchHeaders,
  registerQuery,
  updateClassBody,
} from '@muster/contracts/http/attendance';
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
import { createClass } from '../verbs/classes/create-class.ts';
import { deleteClass } from '../verbs/classes/delete-class.ts';
import { getClass } from '../verbs/classes/get-class.ts';
import { getRegister } from '../verbs/classes/get-register.ts';
import { listVisibleClasses } from '../verbs/classes/list-visible-classes.ts';
import { updateClass } from '../verbs/classes/update-class.ts';

const classes = { tags: ['classes'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const createRouteOf = createRoute({
  ...classes,
  method: 'post',
  path: '/',
  operationId: 'createClass',
  summary: 'Create a class, with teachers and members if they are known',
  request: { headers: punchHeaders, body: jsonBody(createClassBody) },
  responses: {
    201: created(classView),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const listRoute = createRoute({
  ...classes,
  method: 'get',
  path: '/',
  operationId: 'listClasses',
  summary: 'Classes by name; a teacher’s own',
  request: { query: classListQuery },
  responses: { 200: jsonOk(classPage), ...commonProblems() },
});

const getRoute = createRoute({
  ...classes,
  method: 'get',
  path: '/{id}',
  operationId: 'getClass',
  summary: 'One class',
  request: { params },
  responses: { 200: jsonOk(classView), ...commonProblems('not_found') },
});

const registerRoute = createRoute({
  ...classes,
  method: 'get',
  path: '/{id}/register',
  operationId: 'getClassRegister',
  summary: 'The members by name, each with their mark of a day; today at the class’s site by default',
  request: { params, query: registerQuery },
  responses: { 200: jsonOk(classRegister), ...commonProblems('not_found') },
});

const updateRoute = createRoute({
  ...classes,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateClass',
  summary: 'Change a class; teachers and members are replaced as a whole',
  request: { params, body: jsonBody(updateClassBody) },
  responses: { 200: jsonOk(classView), ...commonProblems('not_found', 'name_taken') },
});

const deleteRoute = createRoute({
  ...classes,
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteClass',
  summary: 'Delete a class; its marks stay on record',
  request: { params },
  responses: { 204: noContent('Deleted'), ...commonProblems('not_found') },
});

/** Classes, their teachers and members. */
export function classRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(createRouteOf, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const made = await createClass(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(made, 201, { Location: `/api/classes/${made.id}` });
  });
  router.openapi(listRoute, async (c) =>
    c.json(await listVisibleClasses(deps, c.var.actor, c.req.valid('query')), 200),
  );
  router.openapi(getRoute, async (c) => c.json(await getClass(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(registerRoute, async (c) =>
    c.json(await getRegister(deps, c.var.actor, c.req.valid('param').id, c.req.valid('query').date), 200),
  );
  router.openapi(updateRoute, async (c) =>
    c.json(await updateClass(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  router.openapi(deleteRoute, async (c) => {
    await deleteClass(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
