import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { punchHeaders } from '@muster/contracts/http/attendance';
import {
  ruleVersion,
  ruleVersionBody,
  ruleVersionsPage,
  ruleVersionsQuery,
} from '@muster/contracts/http/attendance-rules';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getRules } from '../verbs/timesheets/get-rules.ts';
import { listRules } from '../verbs/timesheets/list-rules.ts';
import { setRules } from '../verbs/timesheets/set-rules.ts';

const common = { tags: ['rules'], security: bearer };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/rules',
  operationId: 'listRules',
  summary: 'Versions of the rules by which days are counted, the last said first',
  request: { query: ruleVersionsQuery },
  responses: { 200: jsonOk(ruleVersionsPage), ...commonProblems() },
});

const setRoute = createRoute({
  ...common,
  method: 'post',
  path: '/rules',
  operationId: 'setRules',
  summary: 'Say by which rules days are counted from a date on, at a site or wherever there are no others',
  description: 'A new version; earlier days keep theirs. Of two versions from one date the later said one counts.',
  request: { headers: punchHeaders, body: jsonBody(ruleVersionBody) },
  responses: {
    201: created(ruleVersion),
    ...commonProblems('not_found', 'month_locked', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/rules/{id}',
  operationId: 'getRules',
  summary: 'One version of the rules',
  request: { params: z.object({ id: id.toLowerCase() }) },
  responses: { 200: jsonOk(ruleVersion), ...commonProblems('not_found') },
});

/** The rules of sites, in versions. */
export function ruleRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(listRoute, async (c) => c.json(await listRules(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(setRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const version = await setRules(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(version, 201, { Location: `/api/attendance/rules/${version.id}` });
  });
  router.openapi(getRoute, async (c) => c.json(await getRules(deps, c.var.actor, c.req.valid('param').id), 200));
  return router;
}
