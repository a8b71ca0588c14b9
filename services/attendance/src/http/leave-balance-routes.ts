import { createRoute } from '@hono/zod-openapi';
import { punchHeaders } from '@muster/contracts/http/attendance';
import {
  leaveAdjustmentBody,
  leaveBalances,
  leaveBalancesQuery,
  leaveCalendar,
  leaveCalendarQuery,
  leaveEntries,
  leaveEntriesQuery,
  leaveEntry,
} from '@muster/contracts/http/attendance-leave';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { adjustLeave } from '../verbs/leave/adjust-leave.ts';
import { getLeaveBalances } from '../verbs/leave/get-leave-balances.ts';
import { getLeaveCalendar } from '../verbs/leave/get-leave-calendar.ts';
import { listLeaveEntries } from '../verbs/leave/list-leave-entries.ts';

const shared = { tags: ['leave'], security: bearer };

const balances = createRoute({
  ...shared,
  method: 'get',
  path: '/balances',
  operationId: 'getLeaveBalances',
  summary: 'A person’s leave of every type, in the leave years a date lies in; mine today by default',
  request: { query: leaveBalancesQuery },
  responses: { 200: jsonOk(leaveBalances), ...commonProblems('not_found') },
});

const entries = createRoute({
  ...shared,
  method: 'get',
  path: '/entries',
  operationId: 'listLeaveEntries',
  summary: 'What a person’s balances are made of, newest first',
  request: { query: leaveEntriesQuery },
  responses: { 200: jsonOk(leaveEntries), ...commonProblems('not_found') },
});

const adjust = createRoute({
  ...shared,
  method: 'post',
  path: '/adjustments',
  operationId: 'adjustLeave',
  summary: 'Give somebody more days than the rules do, or take some, and say why',
  request: { headers: punchHeaders, body: jsonBody(leaveAdjustmentBody) },
  responses: {
    201: created(leaveEntry, 'The entry'),
    ...commonProblems('not_found', 'leave_balance_exceeded', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const calendar = createRoute({
  ...shared,
  method: 'get',
  path: '/calendar',
  operationId: 'getLeaveCalendar',
  summary: 'Who is away when, of the people the caller may read',
  request: { query: leaveCalendarQuery },
  responses: { 200: jsonOk(leaveCalendar), ...commonProblems() },
});

/** What people have, and who is away. */
export function leaveBalanceRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(balances, async (c) => c.json(await getLeaveBalances(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(entries, async (c) => c.json(await listLeaveEntries(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(adjust, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const entry = await adjustLeave(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(entry, 201, { Location: `/api/leave/entries?employeeId=${entry.employeeId}` });
  });
  router.openapi(calendar, async (c) => c.json(await getLeaveCalendar(deps, c.var.actor, c.req.valid('query')), 200));
  return router;
}
