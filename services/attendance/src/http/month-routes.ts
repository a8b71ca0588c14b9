import { createRoute } from '@hono/zod-openapi';
import { conflictList, conflictsQuery } from '@muster/contracts/http/attendance-corrections';
import {
  lateList,
  lateQuery,
  lockMonthBody,
  monthLockList,
  monthLocks,
  monthLocksQuery,
  monthParams,
  monthState,
  unlockMonthBody,
} from '@muster/contracts/http/attendance-months';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { getMonth } from '../verbs/corrections/get-month.ts';
import { listConflicts } from '../verbs/corrections/list-conflicts.ts';
import { listLateDays } from '../verbs/corrections/list-late-days.ts';
import { listMonthLocks } from '../verbs/corrections/list-month-locks.ts';
import { lockMonth } from '../verbs/corrections/lock-month.ts';
import { unlockMonth } from '../verbs/corrections/unlock-month.ts';

const common = { tags: ['months'], security: bearer };

const conflictsRoute = createRoute({
  ...common,
  tags: ['corrections'],
  method: 'get',
  path: '/conflicts',
  operationId: 'listConflicts',
  summary: 'Days with facts that cannot all be true, latest first; voiding one of the facts resolves it',
  request: { query: conflictsQuery },
  responses: { 200: jsonOk(conflictList), ...commonProblems() },
});

const locksRoute = createRoute({
  ...common,
  method: 'get',
  path: '/months',
  operationId: 'listMonthLocks',
  summary: 'Which months were closed, by whom, and why they were opened again; newest first',
  request: { query: monthLocksQuery },
  responses: { 200: jsonOk(monthLockList), ...commonProblems() },
});

const monthRoute = createRoute({
  ...common,
  method: 'get',
  path: '/months/{month}',
  operationId: 'getMonth',
  summary: 'Where a month stands at each site: closed or not, what is open, what waits',
  request: { params: monthParams },
  responses: { 200: jsonOk(monthState), ...commonProblems('not_found') },
});

const lateRoute = createRoute({
  ...common,
  method: 'get',
  path: '/months/{month}/late',
  operationId: 'listLateDays',
  summary: 'What came too late for a closed month: the days as closed, as they would be, and the facts in between',
  request: { params: monthParams, query: lateQuery },
  responses: { 200: jsonOk(lateList), ...commonProblems() },
});

const lockRoute = createRoute({
  ...common,
  method: 'post',
  path: '/months/{month}/lock',
  operationId: 'lockMonth',
  summary: 'Close a month of a site, or of every site: its days stay as they are',
  request: { params: monthParams, body: jsonBody(lockMonthBody) },
  responses: { 200: jsonOk(monthLocks), ...commonProblems('not_found', 'month_open') },
});

const unlockRoute = createRoute({
  ...common,
  method: 'post',
  path: '/months/{month}/unlock',
  operationId: 'unlockMonth',
  summary: 'Open a closed month again, with a reason: what waited is counted',
  request: { params: monthParams, body: jsonBody(unlockMonthBody) },
  responses: { 200: jsonOk(monthLocks), ...commonProblems('not_found', 'conflict') },
});

/** Conflicts of facts, and closed months. */
export function monthRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(conflictsRoute, async (c) =>
    c.json(await listConflicts(deps, c.var.actor, c.req.valid('query')), 200),
  );
  router.openapi(locksRoute, async (c) => c.json(await listMonthLocks(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(monthRoute, async (c) => c.json(await getMonth(deps, c.var.actor, c.req.valid('param').month), 200));
  router.openapi(lateRoute, async (c) =>
    c.json(await listLateDays(deps, c.var.actor, c.req.valid('param').month, c.req.valid('query')), 200),
  );
  router.openapi(lockRoute, async (c) => {
    const data = await lockMonth(deps, c.var.actor, c.req.valid('param').month, c.req.valid('json'));
    return c.json({ data }, 200);
  });
  router.openapi(unlockRoute, async (c) => {
    const data = await unlockMonth(deps, c.var.actor, c.req.valid('param').month, c.req.valid('json'));
    return c.json({ data }, 200);
  });
  return router;
}
