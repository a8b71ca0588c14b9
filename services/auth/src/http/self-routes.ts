import { createRoute } from '@hono/zod-openapi';
import { accountUser, changePasswordBody, validation } from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { changePassword } from '../verbs/change-password.ts';
import { logout, logoutAll } from '../verbs/logout.ts';
import { readProfile } from '../verbs/read-user.ts';
import { resendVerification } from '../verbs/resend-verification.ts';

const own = { tags: ['auth'], security: bearer };

const logoutRoute = createRoute({
  ...own,
  method: 'post',
  path: '/logout',
  operationId: 'logout',
  summary: 'End this session; its access token stops working within 60 s everywhere',
  responses: { 204: noContent('Signed out'), ...commonProblems() },
});

const logoutAllRoute = createRoute({
  ...own,
  method: 'post',
  path: '/logout-all',
  operationId: 'logoutAll',
  summary: 'End every session of mine',
  responses: { 204: noContent('Signed out everywhere'), ...commonProblems() },
});

const changePasswordRoute = createRoute({
  ...own,
  method: 'post',
  path: '/change-password',
  operationId: 'changePassword',
  summary: 'Set a new password; all other sessions end',
  request: { body: jsonBody(changePasswordBody) },
  responses: { 204: noContent('Changed'), ...commonProblems('invalid_credentials') },
});

const resendVerificationRoute = createRoute({
  ...own,
  method: 'post',
  path: '/verify-email/resend',
  operationId: 'resendVerification',
  summary: 'Have another link mailed to confirm my address',
  description: 'Nothing is sent to an address that is confirmed already. Three at once, then one in twenty minutes.',
  responses: { 202: noContent('A mail is on its way'), ...commonProblems() },
});

const profileRoute = createRoute({
  ...own,
  method: 'get',
  path: '/profile',
  operationId: 'readAccount',
  summary: 'My account',
  responses: { 200: jsonOk(accountUser), ...commonProblems() },
});

const validateRoute = createRoute({
  ...own,
  method: 'get',
  path: '/validate',
  operationId: 'validateToken',
  summary: 'Whether my access token is good, and whose it is',
  responses: { 200: jsonOk(validation), ...commonProblems() },
});

/** What a signed-in person does with its own account. */
export function selfRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  const guard = authenticate(verifier, { appApiToken });
  // By path, not `*`: the sign-in routes live under the same prefix and need no token.
  for (const { path } of [
    logoutRoute,
    logoutAllRoute,
    changePasswordRoute,
    resendVerificationRoute,
    profileRoute,
    validateRoute,
  ]) {
    router.use(path, guard);
  }
  router.openapi(logoutRoute, async (c) => {
    await logout(deps, c.var.actor);
    return c.body(null, 204);
  });
  router.openapi(logoutAllRoute, async (c) => {
    await logoutAll(deps, c.var.actor);
    return c.body(null, 204);
  });
  router.openapi(changePasswordRoute, async (c) => {
    await changePassword(deps, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(resendVerificationRoute, async (c) => {
    await resendVerification(deps, c.var.actor);
    return c.body(null, 202);
  });
  router.openapi(profileRoute, async (c) => c.json(await readProfile(deps, c.var.actor), 200));
  router.openapi(validateRoute, (c) => {
    const { id, email, role } = c.var.actor;
    return c.json({ valid: true as const, user: { id, email, role } }, 200);
  });
  return router;
}
