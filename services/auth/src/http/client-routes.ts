import { createRoute, z } from '@hono/zod-openapi';
import { id, pageQuery } from '@muster/contracts';
import {
  clientPatch,
  createClientBody,
  createdClient,
  machineClient,
  machineClientPage,
  rotatedSecret,
  rotateSecretBody,
  secretOnceHeaders,
} from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import {
  bearer,
  commonProblems,
  created,
  createRouter,
  jsonBody,
  jsonOk,
  type KitEnv,
  noContent,
} from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createClient } from '../verbs/create-client.ts';
import { deleteClient } from '../verbs/delete-client.ts';
import { listClients } from '../verbs/list-clients.ts';
import { readClient } from '../verbs/read-client.ts';
import { rotateClientSecret } from '../verbs/rotate-client-secret.ts';
import { updateClient } from '../verbs/update-client.ts';

const admin = { tags: ['clients'], security: bearer };
const params = z.object({ id: id.toLowerCase() });
const once = commonProblems('idempotency_mismatch', 'request_in_progress');

const createClientRoute = createRoute({
  ...admin,
  method: 'post',
  path: '/',
  operationId: 'createClient',
  summary: 'Make a machine client; its secret is shown this once',
  request: { headers: secretOnceHeaders, body: jsonBody(createClientBody) },
  responses: { 201: created(createdClient), ...once },
});

const listRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/',
  operationId: 'listClients',
  summary: 'Machine clients, newest first',
  request: { query: pageQuery },
  responses: { 200: jsonOk(machineClientPage), ...commonProblems() },
});

const readRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/{id}',
  operationId: 'readClient',
  summary: 'One machine client',
  request: { params },
  responses: { 200: jsonOk(machineClient), ...commonProblems('not_found') },
});

const updateRoute = createRoute({
  ...admin,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateClient',
  summary: 'Rename a client, set its scopes, switch it off or on',
  request: { params, body: jsonBody(clientPatch) },
  responses: { 200: jsonOk(machineClient), ...commonProblems('not_found') },
});

const rotateRoute = createRoute({
  ...admin,
  method: 'post',
  path: '/{id}/rotate-secret',
  operationId: 'rotateClientSecret',
  summary: 'Give a client a new secret, shown this once; the old one goes on for a while, by default a day',
  request: { params, headers: secretOnceHeaders, body: jsonBody(rotateSecretBody) },
  responses: {
    200: jsonOk(rotatedSecret),
    ...commonProblems('not_found', 'idempotency_mismatch', 'request_in_progress'),
  },
});

const deleteRoute = createRoute({
  ...admin,
  method: 'delete',
  path: '/{id}',
  operationId: 'deleteClient',
  summary: 'Delete a client; its tokens stop working within 60 s',
  request: { params },
  responses: { 204: noContent('Deleted'), ...commonProblems('not_found') },
});

/** `/api/clients`, for administrators. */
export function clientRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(createClientRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const client = await createClient(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(client, 201, { Location: `/api/clients/${client.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listClients(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(readRoute, async (c) => c.json(await readClient(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(updateRoute, async (c) => {
    return c.json(await updateClient(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  router.openapi(rotateRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const { id } = c.req.valid('param');
    return c.json(await rotateClientSecret(deps, c.var.actor, id, c.req.valid('json'), key), 200);
  });
  router.openapi(deleteRoute, async (c) => {
    await deleteClient(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
