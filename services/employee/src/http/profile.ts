import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { etagOf } from '@muster/contracts';
import { fullEmployee, ifMatchHeader, updateProfileBody } from '@muster/contracts/http/employee';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getProfile } from '../verbs/get-profile.ts';
import { updateProfile } from '../verbs/update-profile.ts';
import type { HttpEnv } from './env.ts';

const shared = { tags: ['profile'], security: bearer };

const get = createRoute({
  ...shared,
  method: 'get',
  path: '/',
  summary: "One's own record",
  responses: { 200: jsonOk(fullEmployee), ...commonProblems('not_found') },
});

const update = createRoute({
  ...shared,
  method: 'patch',
  path: '/',
  summary: 'Change what one may change of oneself',
  request: { headers: ifMatchHeader, body: jsonBody(updateProfileBody) },
  responses: { 200: jsonOk(fullEmployee), ...commonProblems('not_found', 'version_mismatch') },
});

/** `/api/profile` */
export function profileRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(get, async (c) => {
      const profile = await getProfile(deps, c.get('actor'));
      return c.json(profile, 200, { ETag: etagOf(profile.version) });
    })
    .openapi(update, async (c) => {
      const ifMatch = c.req.valid('header')['if-match'];
      const profile = await updateProfile(deps, c.get('actor'), c.req.valid('json'), ifMatch);
      return c.json(profile, 200, { ETag: etagOf(profile.version) });
    });
}
