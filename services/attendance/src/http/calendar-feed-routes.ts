import { createRoute, z } from '@hono/zod-openapi';
import { AppError } from '@muster/contracts';
import { calendarFeedParams, calendarSecret } from '@muster/contracts/http/attendance-calendar';
import { createRouter, type KitEnv, problems } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { readCalendarFeed } from '../verbs/calendar/read-calendar-feed.ts';

const feedRoute = createRoute({
  method: 'get',
  path: '/calendar/{secretToken}.ics',
  operationId: 'readCalendarFeed',
  tags: ['rosters'],
  summary: 'Somebody’s published shifts as iCalendar, for calendar apps',
  description:
    'Needs no token: the address is the secret (POST /api/rosters/calendar-link makes it, DELETE ends it). From 31 days ago to 180 days ahead; what vanished is CANCELLED.',
  request: { params: calendarFeedParams },
  responses: {
    200: {
      description: 'RFC 5545, times in UTC',
      headers: { ETag: { description: 'For If-None-Match', schema: { type: 'string' as const } } },
      content: { 'text/calendar': { schema: z.string() } },
    },
    304: { description: 'Nothing changed since the ETag of If-None-Match' },
    ...problems(
      'invalid_input',
      'invalid_path',
      'not_found',
      'rate_limited',
      'internal',
      'overloaded',
      'unavailable',
      'timeout',
    ),
  },
});

const headersOf = (etag: string) => ({
  ETag: etag,
  // No cache between may keep somebody's roster, and an app need not ask more often than this.
  'Cache-Control': 'private, max-age=300',
});

/** The one route of this service without a token. Mount before the middleware that asks for one. */
export function calendarFeedRoutes(deps: Deps) {
  const router = createRouter<KitEnv>();
  // Hono's own patterns cannot end a parameter at a dot as OpenAPI's do.
  router.openAPIRegistry.registerPath(feedRoute);
  router.get('/calendar/:file{[^/]+\\.ics}', async (c) => {
    const secret = calendarSecret.safeParse(c.req.param('file').slice(0, -'.ics'.length));
    if (!secret.success) throw new AppError('not_found', 'There is no such calendar.');
    const { text, etag } = await readCalendarFeed(deps, secret.data);
    const known = c.req
      .header('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''));
    if (known?.some((tag) => tag === etag || tag === '*')) return c.body(null, 304, headersOf(etag));
    return c.body(text, 200, {
      ...headersOf(etag),
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="shifts.ics"',
    });
  });
  return router;
}
