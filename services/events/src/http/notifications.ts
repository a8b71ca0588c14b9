import { createRoute } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  countAnswer,
  markAsReadBody,
  notification,
  notificationPage,
  notificationQuery,
  preferencesAnswer,
  preferencesBody,
} from '@muster/contracts/http/events';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk } from '@muster/service-kit';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { countUnread } from '../verbs/count-unread.ts';
import { getNotification } from '../verbs/get-notification.ts';
import { getPreferences } from '../verbs/get-preferences.ts';
import { listNotifications } from '../verbs/list-notifications.ts';
import { markAllAsRead } from '../verbs/mark-all-as-read.ts';
import { markAsRead } from '../verbs/mark-as-read.ts';
import { setPreferences } from '../verbs/set-preferences.ts';
import type { EventsEnv } from './env.ts';

const base = { tags: ['notifications'], security: bearer };

const list = createRoute({
  ...base,
  method: 'get',
  path: '/',
  summary: 'Own notifications, newest first',
  request: { query: notificationQuery },
  responses: { 200: jsonOk(notificationPage), ...commonProblems() },
});
const unread = createRoute({
  ...base,
  method: 'get',
  path: '/unread-count',
  summary: 'How many are unread',
  responses: { 200: jsonOk(countAnswer), ...commonProblems() },
});
const readPreferences = createRoute({
  ...base,
  method: 'get',
  path: '/preferences',
  summary: 'Choice per kind and channel',
  responses: { 200: jsonOk(preferencesAnswer), ...commonProblems() },
});
const writePreferences = createRoute({
  ...base,
  method: 'put',
  path: '/preferences',
  summary: 'Set the listed kinds, leave the others',
  request: { body: jsonBody(preferencesBody) },
  responses: { 200: jsonOk(preferencesAnswer), ...commonProblems() },
});
const mark = createRoute({
  ...base,
  method: 'post',
  path: '/mark-as-read',
  summary: 'Mark some as read; one foreign id marks nothing',
  request: { body: jsonBody(markAsReadBody) },
  responses: { 200: jsonOk(countAnswer), ...commonProblems('not_found') },
});
const markAll = createRoute({
  ...base,
  method: 'post',
  path: '/mark-all-as-read',
  summary: 'Mark everything as read',
  responses: { 200: jsonOk(countAnswer), ...commonProblems() },
});
const one = createRoute({
  ...base,
  method: 'get',
  path: '/{id}',
  summary: 'One own notification',
  request: { params: z.object({ id }) },
  responses: { 200: jsonOk(notification), ...commonProblems('not_found') },
});

/** /api/notifications. */
export function notificationRoutes(deps: Deps) {
  const router = createRouter<EventsEnv>();
  router.openapi(list, async (c) => c.json(await listNotifications(deps, c.get('actor'), c.req.valid('query')), 200));
  router.openapi(unread, async (c) => c.json(await countUnread(deps, c.get('actor')), 200));
  router.openapi(readPreferences, async (c) => c.json(await getPreferences(deps, c.get('actor')), 200));
  router.openapi(writePreferences, async (c) =>
    c.json(await setPreferences(deps, c.get('actor'), c.req.valid('json')), 200),
  );
  router.openapi(mark, async (c) => c.json(await markAsRead(deps, c.get('actor'), c.req.valid('json')), 200));
  router.openapi(markAll, async (c) => c.json(await markAllAsRead(deps, c.get('actor')), 200));
  router.openapi(one, async (c) => c.json(await getNotification(deps, c.get('actor'), c.req.valid('param').id), 200));
  return router;
}
