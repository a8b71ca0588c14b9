import { createRoute } from '@hono/zod-openapi';
import {
  assignHolidayListBody,
  holidayPlaces,
  holidayPlacesQuery,
  siteHolidayLists,
  siteListParams,
  siteParams,
} from '@muster/contracts/http/attendance-holidays';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { assignHolidayList } from '../verbs/leave/assign-holiday-list.ts';
import { listHolidayPlaces } from '../verbs/leave/list-holiday-places.ts';
import { listSiteHolidayLists } from '../verbs/leave/list-site-holiday-lists.ts';
import { unassignHolidayList } from '../verbs/leave/unassign-holiday-list.ts';

const shared = { tags: ['holidays'], security: bearer };

const places = createRoute({
  ...shared,
  method: 'get',
  path: '/places',
  operationId: 'listHolidayPlaces',
  summary: 'Countries whose holidays a list can be filled with; with a country its states, with a state its regions',
  request: { query: holidayPlacesQuery },
  responses: { 200: jsonOk(holidayPlaces), ...commonProblems() },
});

const listOfSite = createRoute({
  ...shared,
  method: 'get',
  path: '/sites/{siteId}',
  operationId: 'listSiteHolidayLists',
  summary: 'Which holiday lists a site has, each from a date on',
  request: { params: siteParams },
  responses: { 200: jsonOk(siteHolidayLists), ...commonProblems('not_found') },
});

const assign = createRoute({
  ...shared,
  method: 'put',
  path: '/sites/{siteId}/{date}',
  operationId: 'assignHolidayList',
  summary: 'Give a site a holiday list from a date on, until the next one',
  request: { params: siteListParams, body: jsonBody(assignHolidayListBody) },
  responses: { 204: noContent('Given'), ...commonProblems('not_found') },
});

const unassign = createRoute({
  ...shared,
  method: 'delete',
  path: '/sites/{siteId}/{date}',
  operationId: 'unassignHolidayList',
  summary: 'Take back what a site was given on a date: what it had before counts',
  request: { params: siteListParams },
  responses: { 204: noContent('Taken back'), ...commonProblems('not_found') },
});

/** Which site has which list. Mount before the lists, whose `/{id}` takes any word. */
export function siteHolidayRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(places, (c) => c.json(listHolidayPlaces(c.var.actor, c.req.valid('query')), 200));
  router.openapi(listOfSite, async (c) =>
    c.json(await listSiteHolidayLists(deps, c.var.actor, c.req.valid('param').siteId), 200),
  );
  router.openapi(assign, async (c) => {
    const { siteId, date } = c.req.valid('param');
    await assignHolidayList(deps, c.var.actor, siteId, date, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(unassign, async (c) => {
    const { siteId, date } = c.req.valid('param');
    await unassignHolidayList(deps, c.var.actor, siteId, date);
    return c.body(null, 204);
  });
  return router;
}
