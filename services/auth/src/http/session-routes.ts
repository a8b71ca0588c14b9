import { createRoute, z } from '@hono/zod-openapi';
import { id, pageQuery } from '@muster/contracts';
import { listedSessionPage } from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { endSession, endSessionsOf } from '../verbs/end-session.ts';
import { listOwnSessions, listSessionsOf } from '../verbs/list-sessions.ts';

const params = z.object({ id });

const listRoute = createRoute({
  tags: ['auth'],
  security: bearer,
  method: 'get',
  path: '/',
  operationId: 'listMySessions',
  summary: 'Where I am signed in, the last used first',
  description: 'By device and place; `current` is the session that asks. What has ended is not listed.',
  request: { query: pageQuery },
  responses: { 200: jsonOk(listedSessionPage), ...commonProblems() },
});

const endRoute = createRoute({
  tags: ['auth'],
  security: bearer,
  method: 'delete',
  path: '/{id}',
  operationId: 'endMySession',
  summary: 'End one session of mine; its access token stops working within 60 s everywhere',
  request: { params },
  responses: { 204: noContent('Ended'), ...commonProblems('not_found') },
});

const listOfRoute = createRoute({
  tags: ['users'],
  security: bearer,
  method: 'get',
  path: '/{id}/sessions',
  operationId: 'listSessionsOfUser',
  summary: 'Where somebody is signed in, the last used first',
  request: { params, query: pageQuery },
  responses: { 200: jsonOk(listedSessionPage), ...commonProblems('not_found') },
});

const endOfRoute = createRoute({
  tags: ['users'],
  security: bearer,
  method: 'delete',
  path: '/{id}/sessions',
  operationId: 'endSessionsOfUser',
  summary: 'Sign somebody out everywhere, within 60 s',
  request: { params },
  responses: { 204: noContent('Signed out'), ...commonProblems('not_found') },
});

/** `/api/auth/sessions`: one's own. */
export function ownSessionRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(listRoute, async (c) => c.json(await listOwnSessions(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(endRoute, async (c) => {
    await endSession(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}

/** `/api/users/{id}/sessions`, for administrators. Mount it behind the guard of `/api/users`. */
export function userSessionRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(listOfRoute, async (c) => {
    return c.json(await listSessionsOf(deps, c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200);
  });
  router.openapi(endOfRoute, async (c) => {
    await endSessionsOf(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
