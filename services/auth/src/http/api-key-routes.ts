import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  apiKeyListQuery,
  apiKeyPage,
  createApiKeyBody,
  createdApiKey,
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
import { createApiKey } from '../verbs/create-api-key.ts';
import { listApiKeys } from '../verbs/list-api-keys.ts';
import { revokeApiKey } from '../verbs/revoke-api-key.ts';

const own = { tags: ['api keys'], security: bearer };

const createKeyRoute = createRoute({
  ...own,
  method: 'post',
  path: '/',
  operationId: 'createApiKey',
  summary: 'Make an API key that acts as me, or for administrators as a client; it is shown this once',
  description: 'Exchange it at POST /api/auth/token for access tokens. It is never sent to another route.',
  request: { headers: secretOnceHeaders, body: jsonBody(createApiKeyBody) },
  responses: {
    201: created(createdApiKey),
    ...commonProblems('not_found', 'conflict', 'idempotency_mismatch', 'request_in_progress'),
  },
});

const listRoute = createRoute({
  ...own,
  method: 'get',
  path: '/',
  operationId: 'listApiKeys',
  summary: 'My API keys, or for administrators those of a client; newest first',
  request: { query: apiKeyListQuery },
  responses: { 200: jsonOk(apiKeyPage), ...commonProblems('not_found') },
});

const revokeRoute = createRoute({
  ...own,
  method: 'delete',
  path: '/{id}',
  operationId: 'revokeApiKey',
  summary: 'End an API key of mine, or for administrators anybody’s',
  request: { params: z.object({ id: id.toLowerCase() }) },
  responses: { 204: noContent('Revoked'), ...commonProblems('not_found') },
});

/** `/api/api-keys` */
export function apiKeyRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(createKeyRoute, async (c) => {
    const idempotencyKey = c.req.valid('header')['idempotency-key'];
    const key = await createApiKey(deps, c.var.actor, c.req.valid('json'), idempotencyKey);
    return c.json(key, 201, { Location: `/api/api-keys/${key.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listApiKeys(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(revokeRoute, async (c) => {
    await revokeApiKey(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
