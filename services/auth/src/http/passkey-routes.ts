import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { session } from '@muster/contracts/http/auth';
import {
  addPasskeyBody,
  passkey,
  passkeyCreationOptions,
  passkeyList,
  passkeyLoginBody,
  passkeyOptionsBody,
  passkeyRequestOptions,
  renamePasskeyBody,
} from '@muster/contracts/http/auth-passkeys';
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
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import type { Client } from '../domain/client.ts';
import { addPasskey } from '../verbs/passkeys/add-passkey.ts';
import { listPasskeys } from '../verbs/passkeys/list-passkeys.ts';
import { loginByPasskey } from '../verbs/passkeys/login-by-passkey.ts';
import { offerPasskey } from '../verbs/passkeys/offer-passkey.ts';
import { offerPasskeyLogin } from '../verbs/passkeys/offer-passkey-login.ts';
import { removePasskey } from '../verbs/passkeys/remove-passkey.ts';
import { renamePasskey } from '../verbs/passkeys/rename-passkey.ts';
import { keepDevice } from './device-cookie.ts';

const tags = ['passkeys'];
const own = { tags, security: bearer };
const params = z.object({ id });

const loginOptionsRoute = createRoute({
  tags,
  method: 'post',
  path: '/login/options',
  operationId: 'offerPasskeyLogin',
  summary: 'What navigator.credentials.get() needs; good for 5 minutes and one answer',
  responses: { 200: jsonOk(passkeyRequestOptions), ...commonProblems() },
});

const loginRoute = createRoute({
  tags,
  method: 'post',
  path: '/login/verify',
  operationId: 'loginByPasskey',
  summary: 'Sign in by a passkey; it counts as both factors',
  description: 'Unknown, wrong, replayed, cloned and disabled are one answer.',
  request: { body: jsonBody(passkeyLoginBody) },
  responses: { 200: jsonOk(session, 'Signed in'), ...commonProblems('invalid_credentials') },
});

const optionsRoute = createRoute({
  ...own,
  method: 'post',
  path: '/register/options',
  operationId: 'offerPasskey',
  summary: 'What navigator.credentials.create() needs; good for 5 minutes and one answer',
  description:
    'Within 15 minutes of the sign-in an empty body will do; later the password is asked for, and the second factor where it is on.',
  request: { body: jsonBody(passkeyOptionsBody) },
  responses: {
    200: jsonOk(passkeyCreationOptions),
    ...commonProblems('conflict', 'reauthentication_required', 'invalid_credentials', 'totp_required', 'totp_invalid'),
  },
});

const addRoute = createRoute({
  ...own,
  method: 'post',
  path: '/register/verify',
  operationId: 'addPasskey',
  summary: 'Add the passkey that the browser made',
  request: { body: jsonBody(addPasskeyBody) },
  responses: { 201: created(passkey), ...commonProblems('conflict', 'passkey_refused') },
});

const listRoute = createRoute({
  ...own,
  method: 'get',
  path: '/',
  operationId: 'listPasskeys',
  summary: 'My passkeys, oldest first',
  responses: { 200: jsonOk(passkeyList), ...commonProblems() },
});

const renameRoute = createRoute({
  ...own,
  method: 'patch',
  path: '/{id}',
  operationId: 'renamePasskey',
  summary: 'Give a passkey of mine another name',
  request: { params, body: jsonBody(renamePasskeyBody) },
  responses: { 200: jsonOk(passkey), ...commonProblems('not_found') },
});

const removeRoute = createRoute({
  ...own,
  method: 'delete',
  path: '/{id}',
  operationId: 'removePasskey',
  summary: 'Remove a passkey of mine, within 15 minutes of the sign-in',
  responses: {
    204: noContent('Removed'),
    ...commonProblems('not_found', 'reauthentication_required', 'last_sign_in_way'),
  },
  request: { params },
});

/** `/api/auth/passkeys`: signing in by one, and one's own. */
export function passkeyRoutes(
  deps: Deps,
  clientOf: (c: Context) => Client,
  verifier: Pick<Verifier, 'verify'>,
  appApiToken: string,
) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(loginOptionsRoute, async (c) => c.json(await offerPasskeyLogin(deps), 200));
  router.openapi(loginRoute, async (c) => {
    const answer = await loginByPasskey(deps, clientOf(c), c.req.valid('json'));
    keepDevice(c, deps, answer.user.id);
    return c.json(answer, 200);
  });

  // The rest is for whoever is signed in.
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(optionsRoute, async (c) => c.json(await offerPasskey(deps, c.var.actor, c.req.valid('json')), 200));
  router.openapi(addRoute, async (c) => {
    const added = await addPasskey(deps, c.var.actor, c.req.valid('json'));
    return c.json(added, 201, { Location: `/api/auth/passkeys/${added.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listPasskeys(deps, c.var.actor), 200));
  router.openapi(renameRoute, async (c) => {
    const { name } = c.req.valid('json');
    return c.json(await renamePasskey(deps, c.var.actor, c.req.valid('param').id, name), 200);
  });
  router.openapi(removeRoute, async (c) => {
    await removePasskey(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
