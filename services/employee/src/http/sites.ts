import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { etagOf, pageQuery } from '@muster/contracts';
import {
  createSiteBody,
  idempotencyHeader,
  ifMatchHeader,
  sitePage,
  siteView,
  updateSiteBody,
} from '@muster/contracts/http/employee';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createSite } from '../verbs/create-site.ts';
import { deleteSite } from '../verbs/delete-site.ts';
import { getSite } from '../verbs/get-site.ts';
import { listSites } from '../verbs/list-sites.ts';
import { updateSite } from '../verbs/update-site.ts';
import type { HttpEnv } from './env.ts';
import { idParam } from './params.ts';

const shared = { tags: ['sites'], security: bearer };

const create = createRoute({
  ...shared,
  method: 'post',
  path: '/',
  summary: 'Create a site',
  request: { headers: idempotencyHeader, body: jsonBody(createSiteBody) },
  responses: {
    201: created(siteView),
    ...commonProblems('name_taken', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: '/',
  summary: 'Sites by name',
  request: { query: pageQuery },
  responses: { 200: jsonOk(sitePage), ...commonProblems() },
});

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/{id}',
  summary: 'One site',
  request: { params: idParam },
  responses: { 200: jsonOk(siteView), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/{id}',
  summary: 'Change a site',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(updateSiteBody) },
  responses: { 200: jsonOk(siteView), ...commonProblems('not_found', 'name_taken', 'version_mismatch') },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: '/{id}',
  summary: 'Delete a site where nobody works',
  request: { params: idParam },
  responses: { 204: noContent(), ...commonProblems('not_found', 'in_use') },
});

/** `/api/sites` */
export function siteRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const site = await createSite(deps, c.get('actor'), c.req.valid('json'), key);
      return c.json(site, 201, { Location: `/api/sites/${site.id}`, ETag: etagOf(site.version) });
    })
    .openapi(list, async (c) => c.json(await listSites(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(get, async (c) => {
      const site = await getSite(deps, c.get('actor'), c.req.valid('param').id);
      return c.json(site, 200, { ETag: etagOf(site.version) });
    })
    .openapi(update, async (c) => {
      const { id } = c.req.valid('param');
      const ifMatch = c.req.valid('header')['if-match'];
      const site = await updateSite(deps, c.get('actor'), id, c.req.valid('json'), ifMatch);
      return c.json(site, 200, { ETag: etagOf(site.version) });
    })
    .openapi(remove, async (c) => {
      await deleteSite(deps, c.get('actor'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}
