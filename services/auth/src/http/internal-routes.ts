import { createRoute, z } from '@hono/zod-openapi';
import { id, systemActor } from '@muster/contracts';
import { openedLogin, openLoginBody, revocations } from '@muster/contracts/http/auth';
import { callingActor, requireSidecar } from '@muster/dapr';
import { commonProblems, created, createRouter, jsonBody, jsonOk, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { listRevocations } from '../verbs/list-revocations.ts';
import { openLogin } from '../verbs/open-login.ts';
import { withdrawLogin } from '../verbs/withdraw-login.ts';

// `hide`: other services call these through their sidecars, they are no part of the public document.
const inner = { tags: ['internal'], hide: true };

const openRoute = createRoute({
  ...inner,
  method: 'post',
  path: '/logins',
  operationId: 'openLogin',
  request: { body: jsonBody(openLoginBody) },
  responses: {
    200: jsonOk(openedLogin, 'Was open already'),
    201: created(openedLogin, 'Opened'),
    ...commonProblems('email_taken', 'conflict'),
  },
});

const withdrawRoute = createRoute({
  ...inner,
  method: 'delete',
  path: '/logins/{id}',
  operationId: 'withdrawLogin',
  request: { params: z.object({ id }) },
  responses: { 204: noContent('Withdrawn'), ...commonProblems() },
});

const revocationsRoute = createRoute({
  ...inner,
  method: 'get',
  path: '/revocations',
  operationId: 'listRevocations',
  responses: { 200: jsonOk(revocations), ...commonProblems() },
});

/** `/internal`: what other services ask through the sidecars. Who may ask what is Dapr's access control. */
export function internalRoutes(deps: Deps, appApiToken: string) {
  const router = createRouter();
  router.use('*', requireSidecar(appApiToken));
  router.openapi(openRoute, async (c) => {
    const { isNew, ...login } = await openLogin(deps, callingActor(c) ?? systemActor, c.req.valid('json'));
    return isNew ? c.json(login, 201, { Location: `/api/users/${login.userId}` }) : c.json(login, 200);
  });
  router.openapi(withdrawRoute, async (c) => {
    await withdrawLogin(deps, callingActor(c) ?? systemActor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(revocationsRoute, async (c) => c.json(await listRevocations(deps), 200));
  return router;
}
