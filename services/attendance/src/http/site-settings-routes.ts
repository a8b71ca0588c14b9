import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { siteSettings, siteSettingsBody } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getSiteSettings } from '../verbs/sync/get-site-settings.ts';
import { setSiteSettings } from '../verbs/sync/set-site-settings.ts';

const path = '/site-settings/{siteId}';
const params = z.object({ siteId: id.toLowerCase() });

const readRoute = createRoute({
  method: 'get',
  path,
  operationId: 'getSiteSettings',
  tags: ['attendance'],
  summary: 'How a site takes punches that are not where they should be',
  security: bearer,
  request: { params },
  responses: { 200: jsonOk(siteSettings), ...commonProblems('not_found') },
});

const writeRoute = createRoute({
  method: 'put',
  path,
  operationId: 'setSiteSettings',
  tags: ['attendance'],
  summary: 'Say how a site takes punches that are not where they should be',
  description: 'Geofence and IP allow-list are the site’s; here is what they mean. By default all of it is flagged.',
  security: bearer,
  request: { params, body: jsonBody(siteSettingsBody) },
  responses: { 200: jsonOk(siteSettings), ...commonProblems('not_found') },
});

/** Geofence, places and addresses: what they mean for punches. */
export function siteSettingsRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(readRoute, async (c) =>
    c.json(await getSiteSettings(deps, c.var.actor, c.req.valid('param').siteId), 200),
  );
  router.openapi(writeRoute, async (c) =>
    c.json(await setSiteSettings(deps, c.var.actor, c.req.valid('param').siteId, c.req.valid('json')), 200),
  );
  return router;
}
