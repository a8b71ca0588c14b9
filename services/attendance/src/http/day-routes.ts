import { createRoute } from '@hono/zod-openapi';
import { daysAnswer, daysQuery, explainAnswer, explainParams } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { explainAttendance } from '../verbs/explain-attendance.ts';
import { listPersonDays } from '../verbs/list-person-days.ts';

const common = { method: 'get' as const, tags: ['attendance'], security: bearer };

const daysRoute = createRoute({
  ...common,
  path: '/days',
  operationId: 'listAttendanceDays',
  summary: 'A person’s attendance days between two dates; dates on which nothing happened are missing',
  request: { query: daysQuery },
  responses: { 200: jsonOk(daysAnswer), ...commonProblems('not_found') },
});

const explainRoute = createRoute({
  ...common,
  path: '/explain/{employeeId}/{date}',
  operationId: 'explainAttendanceDay',
  summary: 'Every minute of a day with the rule, the facts and the version behind it',
  request: { params: explainParams },
  responses: { 200: jsonOk(explainAnswer), ...commonProblems('not_found') },
});

/** The attendance day: what the facts come to, and why. */
export function dayRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(daysRoute, async (c) => c.json(await listPersonDays(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(explainRoute, async (c) => {
    const { employeeId, date } = c.req.valid('param');
    return c.json(await explainAttendance(deps, c.var.actor, employeeId, date), 200);
  });
  return router;
}
