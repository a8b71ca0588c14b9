import { createRoute, z } from '@hono/zod-openapi';
import type { ReportQuery } from '@muster/contracts/http/attendance-reports';
import {
  absenceReport,
  overtimeReport,
  punctualityReport,
  reportQuery,
} from '@muster/contracts/http/attendance-reports';
import type { Actor, ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import {
  absenceRow,
  overtimeRow,
  punctualityRow,
  type Reported,
  reportCells,
} from '../domain/timesheets/describe-report.ts';
import { addUp } from '../domain/timesheets/sums.ts';
import { exportReport, readReport } from '../verbs/timesheets/read-report.ts';
import { streamCsv } from './stream-csv.ts';

const common = { method: 'get' as const, tags: ['timesheets'], security: bearer, request: { query: reportQuery } };
const description =
  'By employee in pages, in order of id; by department or site all at once. CSV has all of it, streamed.';
const answers = <S extends z.ZodType>(schema: S) => ({
  200: {
    description: 'JSON or CSV',
    content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
  },
  ...commonProblems(),
});

const overtimeRoute = createRoute({
  ...common,
  path: '/reports/overtime',
  operationId: 'reportOvertime',
  summary: 'Overtime of a period, by kind, with what waits for approval',
  description,
  responses: answers(overtimeReport),
});
const absenceRoute = createRoute({
  ...common,
  path: '/reports/absence',
  operationId: 'reportAbsence',
  summary: 'Absence, missed shifts and leave of a period',
  description,
  responses: answers(absenceReport),
});
const punctualityRoute = createRoute({
  ...common,
  path: '/reports/punctuality',
  operationId: 'reportPunctuality',
  summary: 'Late comings and early exits of a period',
  description,
  responses: answers(punctualityReport),
});

/** Reports of a period. */
export function reportRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  const page = async <R>(actor: Actor, query: ReportQuery, rowOf: (one: Reported) => R) => {
    const { found, nextCursor } = await readReport(deps, actor, query);
    return { data: found.map(rowOf), meta: { nextCursor } };
  };
  const file = async <R extends object>(actor: Actor, query: ReportQuery, rowOf: (one: Reported) => R) => {
    const subject = { employeeId: null, name: null, siteId: null, department: null, people: 0 };
    const heading = Object.keys(rowOf({ subject, sums: addUp([], []) }));
    return streamCsv(await exportReport(deps, actor, query), heading, (one) => reportCells(rowOf(one), one));
  };
  const headers = (name: string, { from, to }: ReportQuery) => ({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}-${from}-${to}.csv"`,
  });
  router.openapi(overtimeRoute, async (c) => {
    const query = c.req.valid('query');
    return query.format === 'csv'
      ? c.body(await file(c.var.actor, query, overtimeRow), 200, headers('overtime', query))
      : c.json(await page(c.var.actor, query, overtimeRow), 200);
  });
  router.openapi(absenceRoute, async (c) => {
    const query = c.req.valid('query');
    return query.format === 'csv'
      ? c.body(await file(c.var.actor, query, absenceRow), 200, headers('absence', query))
      : c.json(await page(c.var.actor, query, absenceRow), 200);
  });
  router.openapi(punctualityRoute, async (c) => {
    const query = c.req.valid('query');
    return query.format === 'csv'
      ? c.body(await file(c.var.actor, query, punctualityRow), 200, headers('punctuality', query))
      : c.json(await page(c.var.actor, query, punctualityRow), 200);
  });
  return router;
}
