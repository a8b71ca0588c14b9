import { createRoute, z } from '@hono/zod-openapi';
import { AppError, problemSchema } from '@muster/contracts';
import { tokenAnswer, tokenForm } from '@muster/contracts/http/auth';
import { commonProblems, createRouter, jsonOk, type KitEnv, toProblem } from '@muster/service-kit';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import { exchangeApiKey } from '../verbs/exchange-api-key.ts';
import { exchangeClientSecret } from '../verbs/exchange-client-secret.ts';
import { exchangeDeviceToken } from '../verbs/exchange-device-token.ts';
import { type Grant, readGrant } from './read-grant.ts';

const oauthError = problemSchema.extend({ error: z.string(), error_description: z.string() });
const refusal = (description: string) => ({ description, content: { 'application/json': { schema: oauthError } } });

const tokenRoute = createRoute({
  method: 'post',
  path: '/token',
  operationId: 'exchangeToken',
  tags: ['auth'],
  summary: 'A short access token for a machine client, an API key or a kiosk',
  description:
    'RFC 6749: client_credentials with client_secret_basic or client_secret_post; urn:muster:grant:api-key with api_key; ' +
    'urn:muster:grant:device-token with device_token. scope asks for less than is held. Refusals carry error and ' +
    'error_description as the RFC says, beside the fields of our problems.',
  request: { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: tokenForm } } } },
  responses: {
    ...commonProblems(),
    200: jsonOk(tokenAnswer, 'An access token'),
    400: refusal('invalid_request, invalid_grant, invalid_scope, unsupported_grant_type'),
    401: refusal('invalid_client'),
    415: refusal('invalid_request: not a form'),
  },
});

const exchange = (deps: Deps, grant: Grant) => {
  if (grant.type === 'client') return exchangeClientSecret(deps, grant);
  if (grant.type === 'api-key') return exchangeApiKey(deps, grant);
  return exchangeDeviceToken(deps, grant.deviceToken);
};

const oauthCodes = ['invalid_client', 'invalid_grant', 'invalid_scope', 'unsupported_grant_type'];

/**
 * What RFC 6749 §5.2 words for clients that know nothing of Muster, with our problem's fields beside it. Another failure (503, 429)
 * is a problem as everywhere.
 */
function refuse(c: Context<KitEnv>, thrown: unknown): Response {
  if (!(thrown instanceof AppError) || (thrown.status !== 400 && thrown.status !== 401 && thrown.status !== 415))
    throw thrown;
  const error = oauthCodes.includes(thrown.code) ? thrown.code : 'invalid_request';
  const problem = toProblem(thrown, c.get('requestId'));
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (thrown.status === 401) headers['www-authenticate'] = 'Basic realm="muster"';
  return c.body(JSON.stringify({ error, error_description: thrown.detail, ...problem }), thrown.status, headers);
}

/** `POST /api/auth/token`. By hand, since a form is read as the RFC says and not as our other bodies. */
export function tokenRoutes(deps: Deps) {
  const router = createRouter();
  router.openAPIRegistry.registerPath(tokenRoute);
  router.post(tokenRoute.path, async (c) => {
    try {
      return c.json(await exchange(deps, await readGrant(c)), 200);
    } catch (thrown) {
      return refuse(c, thrown);
    }
  });
  return router;
}
