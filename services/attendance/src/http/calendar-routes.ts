import { createRoute } from '@hono/zod-openapi';
import { calendarLink, calendarLinkState } from '@muster/contracts/http/attendance-calendar';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { readCalendarLink } from '../verbs/calendar/read-calendar-link.ts';
import { removeCalendarLink } from '../verbs/calendar/remove-calendar-link.ts';
import { setCalendarLink } from '../verbs/calendar/set-calendar-link.ts';

const common = { path: '/calendar-link', tags: ['rosters'], security: bearer };

const setRoute = createRoute({
  ...common,
  method: 'post',
  operationId: 'setCalendarLink',
  summary: 'Make my calendar address; an earlier one ends',
  description: 'Takes no body. Whoever knows the address reads my shifts, so it is shown this once.',
  responses: { 201: created(calendarLink), ...commonProblems() },
});

const readRoute = createRoute({
  ...common,
  method: 'get',
  operationId: 'readCalendarLink',
  summary: 'Whether I have a calendar address',
  responses: { 200: jsonOk(calendarLinkState), ...commonProblems() },
});

const removeRoute = createRoute({
  ...common,
  method: 'delete',
  operationId: 'removeCalendarLink',
  summary: 'End my calendar address',
  responses: { 204: noContent('Ended'), ...commonProblems() },
});

/** The address of one's own roster for calendar apps. */
export function calendarRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(setRoute, async (c) => {
    const link = await setCalendarLink(deps, c.var.actor);
    return c.json(link, 201, { Location: '/api/rosters/calendar-link', 'Cache-Control': 'no-store' });
  });
  router.openapi(readRoute, async (c) => c.json(await readCalendarLink(deps, c.var.actor), 200));
  router.openapi(removeRoute, async (c) => {
    await removeCalendarLink(deps, c.var.actor);
    return c.body(null, 204);
  });
  return router;
}
