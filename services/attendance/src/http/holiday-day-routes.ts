import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  filledHolidays,
  fillHolidaysBody,
  holidayParams,
  holidaysAnswer,
  holidaysQuery,
  putHolidayBody,
} from '@muster/contracts/http/attendance-holidays';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { fillHolidays } from '../verbs/leave/fill-holidays.ts';
import { listHolidays } from '../verbs/leave/list-holidays.ts';
import { putHoliday } from '../verbs/leave/put-holiday.ts';
import { removeHoliday } from '../verbs/leave/remove-holiday.ts';

const shared = { tags: ['holidays'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const days = createRoute({
  ...shared,
  method: 'get',
  path: '/{id}/days',
  operationId: 'listHolidays',
  summary: 'The days off of a list between two dates, at most a year',
  request: { params, query: holidaysQuery },
  responses: { 200: jsonOk(holidaysAnswer), ...commonProblems('not_found') },
});

const put = createRoute({
  ...shared,
  method: 'put',
  path: '/{id}/days/{date}',
  operationId: 'putHoliday',
  summary: 'Make a date a holiday, or name it anew; filling the list leaves it alone from then on',
  request: { params: holidayParams, body: jsonBody(putHolidayBody) },
  responses: { 204: noContent('Written'), ...commonProblems('not_found') },
});

const takeOut = createRoute({
  ...shared,
  method: 'delete',
  path: '/{id}/days/{date}',
  operationId: 'removeHoliday',
  summary: 'Take a date out of a list; filling does not bring it back',
  request: { params: holidayParams },
  responses: { 204: noContent('Taken out'), ...commonProblems('not_found') },
});

const fill = createRoute({
  ...shared,
  method: 'post',
  path: '/{id}/fill',
  operationId: 'fillHolidays',
  summary: 'Take the holidays of a country, state or region into a list',
  description: 'Replaces what an earlier filling stored for these years. What a person wrote or took out stays.',
  request: { params, body: jsonBody(fillHolidaysBody) },
  responses: { 200: jsonOk(filledHolidays), ...commonProblems('not_found') },
});

/** The days off of a holiday list. */
export function holidayDayRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(days, async (c) =>
    c.json(await listHolidays(deps, c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200),
  );
  router.openapi(put, async (c) => {
    const { id: listId, date } = c.req.valid('param');
    await putHoliday(deps, c.var.actor, listId, date, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(takeOut, async (c) => {
    const { id: listId, date } = c.req.valid('param');
    await removeHoliday(deps, c.var.actor, listId, date);
    return c.body(null, 204);
  });
  router.openapi(fill, async (c) =>
    c.json(await fillHolidays(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  return router;
}
