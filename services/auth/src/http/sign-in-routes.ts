import { createRoute } from '@hono/zod-openapi';
import {
  acceptInvitationBody,
  loginBody,
  refreshBody,
  registerBody,
  registerHeaders,
  session,
} from '@muster/contracts/http/auth';
import { commonProblems, created, createRouter, jsonBody, jsonOk } from '@muster/service-kit';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import type { Client } from '../domain/client.ts';
import { acceptInvitation } from '../verbs/accept-invitation.ts';
import { login } from '../verbs/login.ts';
import { refresh } from '../verbs/refresh.ts';
import { register } from '../verbs/register.ts';
import { keepDevice, readDevice } from './device-cookie.ts';

const registerRoute = (tag: string) =>
  createRoute({
    method: 'post',
    path: '/register',
    operationId: `${tag}Register`,
    tags: [tag],
    summary: 'Open an account, where self-registration is on; the role is always employee',
    request: { headers: registerHeaders, body: jsonBody(registerBody) },
    responses: { 201: created(session, 'Signed in'), ...commonProblems('email_taken', 'idempotency_mismatch') },
  });

const loginRoute = (tag: string) =>
  createRoute({
    method: 'post',
    path: '/login',
    operationId: `${tag}Login`,
    tags: [tag],
    summary: 'Sign in by e-mail or username',
    description:
      'Unknown, wrong and disabled are one answer. A right password without the second factor of who has one: 401 ' +
      'totp_required, then again with totp or recoveryCode. Too many attempts: 429 with Retry-After, before anything is ' +
      'compared; what cannot be hashed in time: 503. The cookie `__Host-muster_device` (over plain HTTP without the prefix) makes ' +
      'this browser one the account is known on: strangers who guess elsewhere do not keep it out.',
    request: { body: jsonBody(loginBody) },
    responses: {
      200: jsonOk(session, 'Signed in'),
      ...commonProblems('invalid_credentials', 'totp_required', 'totp_invalid'),
    },
  });

const refreshRoute = createRoute({
  method: 'post',
  path: '/refresh',
  operationId: 'refreshSession',
  tags: ['auth'],
  summary: 'Exchange a refresh token for a new session answer',
  description: 'Using a token again more than 10 s after its exchange ends the whole session: 401 refresh_reused.',
  request: { body: jsonBody(refreshBody) },
  responses: { 200: jsonOk(session, 'Refreshed'), ...commonProblems('invalid_token', 'refresh_reused') },
});

const acceptRoute = createRoute({
  method: 'post',
  path: '/accept-invitation',
  operationId: 'acceptInvitation',
  tags: ['auth'],
  summary: 'Set the first password by a one-time invitation, and sign in',
  request: { body: jsonBody(acceptInvitationBody) },
  responses: { 200: jsonOk(session, 'Signed in'), ...commonProblems('invalid_token') },
});

/** Register and login, under `/api/auth` and under the paths of seed 2. */
export function accountRoutes(deps: Deps, clientOf: (c: Context) => Client, tag: 'auth' | 'accounts') {
  const router = createRouter();
  router.openapi(registerRoute(tag), async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const answer = await register(deps, clientOf(c), c.req.valid('json'), key);
    keepDevice(c, deps, answer.user.id);
    return c.json(answer, 201, { Location: '/api/auth/profile' });
  });
  router.openapi(loginRoute(tag), async (c) => {
    const answer = await login(deps, clientOf(c), c.req.valid('json'), readDevice(c, deps));
    keepDevice(c, deps, answer.user.id);
    return c.json(answer, 200);
  });
  return router;
}

/** The other ways to a session that need no access token. */
export function sessionRoutes(deps: Deps, clientOf: (c: Context) => Client) {
  const router = createRouter();
  router.openapi(refreshRoute, async (c) => c.json(await refresh(deps, clientOf(c), c.req.valid('json')), 200));
  router.openapi(acceptRoute, async (c) => {
    const answer = await acceptInvitation(deps, clientOf(c), c.req.valid('json'));
    keepDevice(c, deps, answer.user.id);
    return c.json(answer, 200);
  });
  return router;
}
