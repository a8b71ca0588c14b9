import { createRoute, z } from '@hono/zod-openapi';
import { id, pageQuery } from '@muster/contracts';
import { punchHeaders } from '@muster/contracts/http/attendance';
import {
  createHolidayListBody,
  holidayList,
  holidayListPage,
  updateHolidayListBody,
} from '@muster/contracts/http/attendance-holidays';
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
import { createHolidayList } from '../verbs/leave/create-holiday-list.ts';
import { deleteHolidayList } from '../verbs/leave/delete-holiday-list.ts';
import { getHolidayList } from '../verbs/leave/get-holiday-list.ts';
import { listHolidayLists } from '../verbs/leave/list-holiday-lists.ts';
import { updateHolidayList } from '../verbs/leave/update-holiday-list.ts';
import { holidayDayRoutes } from './holiday-day-routes.ts';
import { siteHolidayRoutes } from './site-holiday-routes.ts';

const shared = { tags: ['holidays'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/',
  operationId: 'createHolidayList',
  summary: 'Create a holiday list',
  request: { headers: punchHeaders, body: jsonBody(createHolidayListBody) },
  responses: {
    201: created(holidayList),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/',
  operationId: 'listHolidayLists',
  summary: 'Holiday lists by name',
  request: { query: pageQuery },
  responses: { 200: jsonOk(holidayListPage), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/{id}',
  operationId: 'getHolidayList',
  summary: 'One holiday list',
  request: { params },
  responses: { 200: jsonOk(holidayList), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateHolidayList',
  summary: 'Change the name of a list, or its days of the week that are off',
  request: { params, body: jsonBody(updateHolidayListBody) },
  responses: { 200: jsonOk(holidayList), ...commonProblems('not_found', 'name_taken') },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteHolidayList',
  summary: 'Delete a list that no site was ever given',
  request: { params },
  responses: { 204: noContent('Deleted'), ...commonProblems('not_found', 'in_use') },
});

/** Holiday lists, their days, and which site has which. */
export function holidayRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.route('/', siteHolidayRoutes(deps));
  router.openapi(create, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const made = await createHolidayList(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(made, 201, { Location: `/api/holidays/${made.id}` });
  });
  router.openapi(list, async (c) => c.json(await listHolidayLists(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => c.json(await getHolidayList(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(update, async (c) =>
    c.json(await updateHolidayList(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  router.openapi(remove, async (c) => {
    await deleteHolidayList(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.route('/', holidayDayRoutes(deps));
  return router;
}
