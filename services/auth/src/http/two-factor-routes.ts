import { createRoute } from '@hono/zod-openapi';
import {
  disableTotpBody,
  enableTotpBody,
  factorState,
  recoveryCodes,
  renewCodesBody,
  setupTotpBody,
  totpSetup,
} from '@muster/contracts/http/auth-factors';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { disableTotp } from '../verbs/disable-totp.ts';
import { enableTotp } from '../verbs/enable-totp.ts';
import { readFactors } from '../verbs/read-factors.ts';
import { renewRecoveryCodes } from '../verbs/renew-recovery-codes.ts';
import { setupTotp } from '../verbs/setup-totp.ts';

const own = { tags: ['two-factor'], security: bearer };
const proofProblems = ['reauthentication_required', 'invalid_credentials', 'totp_required', 'totp_invalid'] as const;
const aboutProof =
  'Within 15 minutes of the sign-in an empty body will do; later the password is asked for, and the second factor where it is on.';

const readRoute = createRoute({
  ...own,
  method: 'get',
  path: '/',
  operationId: 'readFactors',
  summary: 'Which factors I have beside my password',
  responses: { 200: jsonOk(factorState), ...commonProblems() },
});

const setupRoute = createRoute({
  ...own,
  method: 'post',
  path: '/setup',
  operationId: 'setupTwoFactor',
  summary: 'A secret for my authenticator app; nothing changes until it is enabled',
  description: aboutProof,
  request: { body: jsonBody(setupTotpBody) },
  responses: { 200: jsonOk(totpSetup), ...commonProblems('conflict', ...proofProblems) },
});

const enableRoute = createRoute({
  ...own,
  method: 'post',
  path: '/enable',
  operationId: 'enableTwoFactor',
  summary: 'Switch two-factor sign-in on by a first code; the recovery codes are shown this once',
  request: { body: jsonBody(enableTotpBody) },
  responses: { 200: jsonOk(recoveryCodes, 'On'), ...commonProblems('conflict', 'totp_invalid') },
});

const disableRoute = createRoute({
  ...own,
  method: 'post',
  path: '/disable',
  operationId: 'disableTwoFactor',
  summary: 'Switch two-factor sign-in off, by the password and a code',
  request: { body: jsonBody(disableTotpBody) },
  responses: { 204: noContent('Off'), ...commonProblems('conflict', ...proofProblems) },
});

const renewRoute = createRoute({
  ...own,
  method: 'post',
  path: '/recovery-codes',
  operationId: 'renewRecoveryCodes',
  summary: 'New recovery codes, shown this once; the earlier ones end',
  description: aboutProof,
  request: { body: jsonBody(renewCodesBody) },
  responses: { 200: jsonOk(recoveryCodes), ...commonProblems('conflict', ...proofProblems) },
});

/** `/api/auth/2fa`: the authenticator app and the recovery codes of whoever is signed in. */
export function twoFactorRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(readRoute, async (c) => c.json(await readFactors(deps, c.var.actor), 200));
  router.openapi(setupRoute, async (c) => c.json(await setupTotp(deps, c.var.actor, c.req.valid('json')), 200));
  router.openapi(enableRoute, async (c) => c.json(await enableTotp(deps, c.var.actor, c.req.valid('json')), 200));
  router.openapi(disableRoute, async (c) => {
    await disableTotp(deps, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(renewRoute, async (c) =>
    c.json(await renewRecoveryCodes(deps, c.var.actor, c.req.valid('json')), 200),
  );
  return router;
}
