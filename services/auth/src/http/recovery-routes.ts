import { createRoute } from '@hono/zod-openapi';
import { forgotPasswordBody, resetPasswordBody, verifyEmailBody } from '@muster/contracts/http/auth';
import { commonProblems, createRouter, jsonBody, noContent } from '@muster/service-kit';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import type { Client } from '../domain/client.ts';
import { forgotPassword } from '../verbs/forgot-password.ts';
import { resetPassword } from '../verbs/reset-password.ts';
import { verifyEmail } from '../verbs/verify-email.ts';

const forgotRoute = createRoute({
  method: 'post',
  path: '/forgot-password',
  operationId: 'forgotPassword',
  tags: ['auth'],
  summary: 'Have a link for a new password mailed',
  description:
    'The answer is the same whether there is such an account or not. The link leads to `/reset-password#token=…` and works once, ' +
    'for 30 minutes; a newer one ends it. A mailbox gets three at once and then one in twenty minutes.',
  request: { body: jsonBody(forgotPasswordBody) },
  responses: { 202: noContent('If there is such an account, a mail is on its way'), ...commonProblems() },
});

const resetRoute = createRoute({
  method: 'post',
  path: '/reset-password',
  operationId: 'resetPassword',
  tags: ['auth'],
  summary: 'Choose a new password by a mailed token; every session ends',
  description: 'Signs nobody in: sign in with the new password, and with the second factor where there is one.',
  request: { body: jsonBody(resetPasswordBody) },
  responses: { 204: noContent('Changed'), ...commonProblems('invalid_token') },
});

const verifyRoute = createRoute({
  method: 'post',
  path: '/verify-email',
  operationId: 'verifyEmail',
  tags: ['auth'],
  summary: 'Confirm the e-mail address by a mailed token',
  description: 'The token works once, for 30 minutes. Afterwards `emailVerified` of the account is true.',
  request: { body: jsonBody(verifyEmailBody) },
  responses: { 204: noContent('Confirmed'), ...commonProblems('invalid_token') },
});

/** What a mailbox is good for: a new password, and the proof that it is read. */
export function recoveryRoutes(deps: Deps, clientOf: (c: Context) => Client) {
  const router = createRouter();
  router.openapi(forgotRoute, async (c) => {
    await forgotPassword(deps, clientOf(c), c.req.valid('json'));
    return c.body(null, 202);
  });
  router.openapi(resetRoute, async (c) => {
    await resetPassword(deps, clientOf(c), c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(verifyRoute, async (c) => {
    await verifyEmail(deps, c.req.valid('json'));
    return c.body(null, 204);
  });
  return router;
}
