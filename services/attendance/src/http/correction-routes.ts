import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  correction,
  correctionBody,
  correctionHeaders,
  correctionList,
  correctionsQuery,
  decisionBody,
} from '@muster/contracts/http/attendance-corrections';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { approveCorrection } from '../verbs/corrections/approve-correction.ts';
import { askCorrection } from '../verbs/corrections/ask-correction.ts';
import { getCorrection } from '../verbs/corrections/get-correction.ts';
import { listCorrections } from '../verbs/corrections/list-corrections.ts';
import { rejectCorrection } from '../verbs/corrections/reject-correction.ts';
import { withdrawCorrection } from '../verbs/corrections/withdraw-correction.ts';
import { monthRoutes } from './month-routes.ts';

const common = { tags: ['corrections'], security: bearer };
const one = z.object({ id: id.toLowerCase() });

const askRoute = createRoute({
  ...common,
  method: 'post',
  path: '/corrections',
  operationId: 'askCorrection',
  summary: 'Ask to add, replace or void a punch of mine; about somebody I manage it counts at once',
  request: { headers: correctionHeaders, body: jsonBody(correctionBody) },
  responses: {
    201: created(correction),
    ...commonProblems('not_found', 'conflict', 'month_locked', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/corrections',
  operationId: 'listCorrections',
  summary: 'Corrections the caller may see, newest first, by cursor',
  request: { query: correctionsQuery },
  responses: { 200: jsonOk(correctionList), ...commonProblems() },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/corrections/{id}',
  operationId: 'getCorrection',
  summary: 'One correction, with the days before and after',
  request: { params: one },
  responses: { 200: jsonOk(correction), ...commonProblems('not_found') },
});

const deciding = (what: 'approve' | 'reject' | 'withdraw', summary: string) =>
  createRoute({
    ...common,
    method: 'post',
    path: `/corrections/{id}/${what}` as const,
    operationId: `${what}Correction`,
    summary,
    request: { params: one, body: jsonBody(decisionBody) },
    responses: { 200: jsonOk(correction), ...commonProblems('not_found', 'conflict', 'month_locked') },
  });

const approveRoute = deciding('approve', 'Make a correction a fact; what it corrects stays beside it');
const rejectRoute = deciding('reject', 'Reject a correction');
const withdrawRoute = deciding('withdraw', 'Take my own correction back');

/** Corrections, conflicts and closed months. */
export function correctionRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(askRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const asked = await askCorrection(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(asked, 201, { Location: `/api/attendance/corrections/${asked.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listCorrections(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(getRoute, async (c) => c.json(await getCorrection(deps, c.var.actor, c.req.valid('param').id), 200));
  for (const [route, decide] of [
    [approveRoute, approveCorrection],
    [rejectRoute, rejectCorrection],
    [withdrawRoute, withdrawCorrection],
  ] as const)
    router.openapi(route, async (c) =>
      c.json(await decide(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
    );
  router.route('/', monthRoutes(deps));
  return router;
}
