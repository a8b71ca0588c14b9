import { createRoute, z } from '@hono/zod-openapi';
import {
  closeBody,
  monthCloses,
  monthClosesQuery,
  monthParams,
  payrollQuery,
} from '@muster/contracts/http/attendance-timesheets';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { closeMonth } from '../verbs/timesheets/close-month.ts';
import { listMonthCloses, readPayroll } from '../verbs/timesheets/read-closes.ts';

const common = { tags: ['timesheets'], security: bearer };

const closeRoute = createRoute({
  ...common,
  method: 'post',
  path: '/timesheets/{month}/close',
  operationId: 'closeTimesheets',
  summary: 'Close a month of one site or all: lock it and write everybody’s totals down',
  description: 'Refused while something is open, unless it is forced with a reason. Asking again changes nothing.',
  request: { params: monthParams, body: jsonBody(closeBody) },
  responses: {
    200: jsonOk(monthCloses, 'It was closed before'),
    201: created(monthCloses, 'Closed'),
    202: jsonOk(monthCloses, 'Locked; totals are still being written: look again'),
    ...commonProblems('not_found', 'month_open'),
  },
});

const closesRoute = createRoute({
  ...common,
  method: 'get',
  path: '/timesheets/{month}/closes',
  operationId: 'listMonthCloses',
  summary: 'Every close of a month, also those that were opened again',
  request: { params: monthParams, query: monthClosesQuery },
  responses: { 200: jsonOk(monthCloses), ...commonProblems() },
});

const payrollRoute = createRoute({
  ...common,
  method: 'get',
  path: '/timesheets/{month}/payroll',
  operationId: 'exportPayroll',
  summary: 'The payroll export of a closed month, as it was closed; its layout is docs/payroll-export.md',
  description: 'The same close gives the same bytes, whose SHA-256 is the ETag where one site is asked for.',
  request: { params: monthParams, query: payrollQuery },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    ...commonProblems('not_found', 'month_open'),
  },
});

/** A month's end. */
export function closeRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(closeRoute, async (c) => {
    const { month } = c.req.valid('param');
    const { outcome, answer } = await closeMonth(deps, c.var.actor, month, c.req.valid('json'));
    const headers = { Location: `/api/attendance/timesheets/${month}/closes` };
    if (outcome === 'was closed') return c.json(answer, 200);
    return outcome === 'closed' ? c.json(answer, 201, headers) : c.json(answer, 202, headers);
  });
  router.openapi(closesRoute, async (c) => {
    const { month } = c.req.valid('param');
    return c.json(await listMonthCloses(deps, c.var.actor, month, c.req.valid('query').siteId), 200);
  });
  router.openapi(payrollRoute, async (c) => {
    const { month } = c.req.valid('param');
    const { sha256, texts } = await readPayroll(deps, c.var.actor, month, c.req.valid('query'));
    return c.body(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="payroll-${month}.csv"`,
      ...(sha256 !== null && { etag: `"${sha256}"` }),
    });
  });
  return router;
}
