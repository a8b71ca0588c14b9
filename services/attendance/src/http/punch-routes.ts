import { createRoute, z } from '@hono/zod-openapi';
import {
  kioskPunchBody,
  type PunchAnswer,
  punchAnswer,
  punchBody,
  punchHeaders,
} from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, type KitEnv } from '@muster/service-kit';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import { checkIn } from '../verbs/check-in.ts';
import { checkInAtKiosk } from '../verbs/check-in-at-kiosk.ts';
import { checkOut } from '../verbs/check-out.ts';
import { checkOutAtKiosk } from '../verbs/check-out-at-kiosk.ts';
import { readPunch } from './read-punch.ts';

export const punchRequest = {
  headers: punchHeaders,
  body: { ...jsonBody(z.union([punchBody, kioskPunchBody])), required: false },
};
const atKiosk =
  'A kiosk names somebody of its site by employeeId and pin, or by the qr on their phone; for oneself the body may be empty.';

/** 403 of whoever is not who or where they should be. */
export const refusals = ['wrong_pin', 'invalid_qr', 'outside_geofence', 'ip_not_allowed'] as const;

const checkInRoute = createRoute({
  method: 'post',
  path: '/check-in',
  operationId: 'checkIn',
  tags: ['attendance'],
  summary: 'Clock in: opens a session at the site’s local day',
  description: atKiosk,
  security: bearer,
  request: punchRequest,
  responses: {
    201: created(punchAnswer, 'The open session'),
    ...commonProblems('not_found', 'already_checked_in', 'idempotency_mismatch', ...refusals),
  },
});

const checkOutRoute = createRoute({
  method: 'post',
  path: '/check-out',
  operationId: 'checkOut',
  tags: ['attendance'],
  summary: 'Clock out: closes the open session',
  description: atKiosk,
  security: bearer,
  request: punchRequest,
  responses: {
    201: created(punchAnswer, 'The closed session'),
    ...commonProblems('not_found', 'not_checked_in', 'idempotency_mismatch', ...refusals),
  },
});

/** The hot path: validate, punch, answer. Documented like every route, but see {@link readPunch}. */
export function punchRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openAPIRegistry.registerPath(checkInRoute);
  router.post(checkInRoute.path, async (c) => {
    const { key, ...punch } = await readPunch(c);
    if ('kiosk' in punch) return answerPunch(c, await checkInAtKiosk(deps, c.var.actor, punch.kiosk, key));
    return answerPunch(c, await checkIn(deps, c.var.actor, punch.body, key));
  });
  router.openAPIRegistry.registerPath(checkOutRoute);
  router.post(checkOutRoute.path, async (c) => {
    const { key, ...punch } = await readPunch(c);
    if ('kiosk' in punch) return answerPunch(c, await checkOutAtKiosk(deps, c.var.actor, punch.kiosk, key));
    return answerPunch(c, await checkOut(deps, c.var.actor, punch.body, key));
  });
  return router;
}

// Plain headers keep the adapter on its short path; c.json() would build a Headers object for each answer.
export const answerPunch = (c: Context<KitEnv & ActorEnv>, punch: PunchAnswer): Response =>
  new Response(JSON.stringify(punch), {
    status: 201,
    headers: {
      'content-type': 'application/json',
      location: `/api/attendance/${punch.id}`,
      'x-request-id': c.get('requestId'),
    },
  });
