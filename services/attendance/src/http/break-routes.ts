import { createRoute } from '@hono/zod-openapi';
import { punchAnswer } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { takeBreak } from '../verbs/sync/take-break.ts';
import { answerPunch, punchRequest, refusals } from './punch-routes.ts';
import { readPunch } from './read-punch.ts';

const common = { method: 'post' as const, tags: ['attendance'], security: bearer, request: punchRequest };

const startRoute = createRoute({
  ...common,
  path: '/breaks/start',
  operationId: 'startBreak',
  summary: 'Begin a break in the open session',
  description: 'At a kiosk and from elsewhere by the same body as a check-in.',
  responses: {
    201: created(punchAnswer, 'The open session, on a break'),
    ...commonProblems(
      'not_found',
      'not_checked_in',
      'already_on_break',
      'conflict',
      'idempotency_mismatch',
      ...refusals,
    ),
  },
});

const endRoute = createRoute({
  ...common,
  path: '/breaks/end',
  operationId: 'endBreak',
  summary: 'End the break of the open session; a check-out ends it, too',
  responses: {
    201: created(punchAnswer, 'The open session'),
    ...commonProblems('not_found', 'not_checked_in', 'not_on_break', 'conflict', 'idempotency_mismatch', ...refusals),
  },
});

/** Breaks, read as punches are: see {@link readPunch}. */
export function breakRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openAPIRegistry.registerPath(startRoute);
  router.post(startRoute.path, async (c) =>
    answerPunch(c, await takeBreak(deps, c.var.actor, 'BREAK_START', await readPunch(c))),
  );
  router.openAPIRegistry.registerPath(endRoute);
  router.post(endRoute.path, async (c) =>
    answerPunch(c, await takeBreak(deps, c.var.actor, 'BREAK_END', await readPunch(c))),
  );
  return router;
}
