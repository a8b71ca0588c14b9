import { createRoute } from '@hono/zod-openapi';
import { jwks, keyRotationAnswer, signingKeyList } from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { listKeys, listPublicKeys } from '../verbs/list-keys.ts';
import { rotateKeys } from '../verbs/rotate-keys.ts';

const jwksRoute = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  operationId: 'readKeys',
  tags: ['auth'],
  summary: 'Public keys of access tokens',
  description: 'A new key is here minutes before it signs, an old one until its last token has ended.',
  responses: { 200: jsonOk(jwks), ...commonProblems() },
});

const admin = { tags: ['auth'], security: bearer };

const listRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/keys',
  operationId: 'listKeys',
  summary: 'Which key signs, which one will, which ones only verify',
  responses: { 200: jsonOk(signingKeyList), ...commonProblems() },
});

const rotateRoute = createRoute({
  ...admin,
  method: 'post',
  path: '/keys/rotate',
  operationId: 'rotateKeys',
  summary: 'Begin a rotation of the signing key; no token is refused on its account',
  description: 'The new key is published at once and signs minutes later. While one is on its way, `made` is false.',
  responses: { 200: jsonOk(keyRotationAnswer), ...commonProblems() },
});

/** JWKS for anybody; the keys' times and their rotation for administrators. */
export function keyRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(jwksRoute, async (c) => {
    return c.json({ keys: await listPublicKeys(deps) }, 200, { 'Cache-Control': 'public, max-age=60' });
  });
  router.use('/keys/*', authenticate(verifier, { appApiToken }));
  router.openapi(listRoute, async (c) => c.json({ keys: await listKeys(deps, c.var.actor) }, 200));
  router.openapi(rotateRoute, async (c) => c.json(await rotateKeys(deps, c.var.actor), 200));
  return router;
}
