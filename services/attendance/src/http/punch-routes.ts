import { createRoute } from '@hono/zod-openapi';
import { punchAnswer, punchBody, punchHeaders } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { checkIn } from '../verbs/check-in.ts';
import { checkOut } from '../verbs/check-out.ts';

const request = { headers: punchHeaders, body: { ...jsonBody(punchBody), required: false } };

const checkInRoute = createRoute({
  method: 'post',
  path: '/check-in',
  operationId: 'checkIn',
  tags: ['attendance'],
  summary: 'Clock in: opens a session at the site’s local day',
  security: bearer,
  request,
  responses: {
    201: created(punchAnswer, 'The open session'),
    ...commonProblems('already_checked_in', 'idempotency_mismatch'),
  },
});

const checkOutRoute = createRoute({
  method: 'post',
  path: '/check-out',
  operationId: 'checkOut',
  tags: ['attendance'],
  summary: 'Clock out: closes the open session',
  security: bearer,
  request,
  responses: {
    201: created(punchAnswer, 'The closed session'),
    ...commonProblems('not_checked_in', 'idempotency_mismatch'),
  },
});

/** The hot path: validate, punch, answer. */
export function punchRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(checkInRoute, async (c) => {
    const answer = await checkIn(deps, c.var.actor, c.req.valid('json'), c.req.valid('header')['idempotency-key']);
    return c.json(answer, 201, { Location: `/api/attendance/${answer.id}` });
  });
  router.openapi(checkOutRoute, async (c) => {
    const answer = await checkOut(deps, c.var.actor, c.req.valid('json'), c.req.valid('header')['idempotency-key']);
    return c.json(answer, 201, { Location: `/api/attendance/${answer.id}` });
  });
  return router;
}
