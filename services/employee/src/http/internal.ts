import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { employmentAnswer, employmentBody } from '@muster/contracts/http/employee-employment';
import { requireSidecar } from '@muster/dapr';
import { commonProblems, createRouter, jsonBody, jsonOk } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { tellEmployment } from '../verbs/tell-employment.ts';
import type { HttpEnv } from './env.ts';

const employment = createRoute({
  // `hide`: asked through the sidecars, no part of the public document.
  ...{ tags: ['internal'], hide: true },
  method: 'post',
  path: '/employment',
  operationId: 'tellEmployment',
  request: { body: jsonBody(employmentBody) },
  responses: { 200: jsonOk(employmentAnswer), ...commonProblems() },
});

/** `/internal`: what other services ask through the sidecars. Who may ask what is Dapr's access control. */
export function internalRoutes(deps: Deps, appApiToken: string): OpenAPIHono<HttpEnv> {
  const router = createRouter<HttpEnv>();
  router.use('/employment', requireSidecar(appApiToken));
  return router.openapi(employment, async (c) => c.json(await tellEmployment(deps, c.req.valid('json')), 200));
}
