import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { managedUser, managedUserPage, userListQuery, userPatch } from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { deleteUser } from '../verbs/delete-user.ts';
import { listUsers } from '../verbs/list-users.ts';
import { readUser } from '../verbs/read-user.ts';
import { resendInvitation } from '../verbs/resend-invitation.ts';
import { resetFactors } from '../verbs/reset-factors.ts';
import { updateUser } from '../verbs/update-user.ts';

const admin = { tags: ['users'], security: bearer };
const params = z.object({ id });

const listRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/',
  operationId: 'listUsers',
  summary: 'Accounts, newest first',
  request: { query: userListQuery },
  responses: { 200: jsonOk(managedUserPage), ...commonProblems() },
});

const readRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/{id}',
  operationId: 'readUser',
  summary: 'One account',
  request: { params },
  responses: { 200: jsonOk(managedUser), ...commonProblems('not_found') },
});

const updateRoute = createRoute({
  ...admin,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateUser',
  summary: 'Set the role, or whether the user may sign in',
  request: { params, body: jsonBody(userPatch) },
  responses: { 200: jsonOk(managedUser), ...commonProblems('not_found', 'last_admin') },
});

const resetFactorsRoute = createRoute({
  ...admin,
  method: 'delete',
  path: '/{id}/factors',
  operationId: 'resetFactors',
  summary: 'Remove the second factors of somebody who lost them, and end their sessions',
  description: 'Within 15 minutes of the administrator’s own sign-in. The person is told.',
  request: { params },
  responses: { 204: noContent('Removed'), ...commonProblems('not_found', 'conflict', 'reauthentication_required') },
});

const deleteRoute = createRoute({
  ...admin,
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteUser',
  summary: 'Delete an account',
  request: { params },
  responses: { 204: noContent('Deleted'), ...commonProblems('not_found', 'last_admin') },
});

const inviteRoute = createRoute({
  ...admin,
  method: 'post',
  path: '/{id}/invitation',
  operationId: 'resendInvitation',
  summary: 'Mail somebody who has not accepted yet another invitation',
  description:
    'For administrators and HR. Earlier invitations stay good until one is used. 409 for an account that needs none.',
  request: { params },
  responses: { 202: noContent('A mail is on its way'), ...commonProblems('not_found', 'conflict') },
});

/** `/api/users`, for administrators. */
export function userRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(listRoute, async (c) => c.json(await listUsers(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(readRoute, async (c) => c.json(await readUser(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(updateRoute, async (c) => {
    return c.json(await updateUser(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  router.openapi(resetFactorsRoute, async (c) => {
    await resetFactors(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(deleteRoute, async (c) => {
    await deleteUser(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(inviteRoute, async (c) => {
    await resendInvitation(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 202);
  });
  return router;
}
