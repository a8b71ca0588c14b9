import { createRoute, z } from '@hono/zod-openapi';
import {
  employeeMonth,
  employeeMonthParams,
  employeeMonthQuery,
  timesheetExportQuery,
  timesheetsPage,
  timesheetsQuery,
} from '@muster/contracts/http/attendance-timesheets';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { csvCells, timesheetColumns } from '../domain/timesheets/timesheet-columns.ts';
import { getEmployeeMonth } from '../verbs/timesheets/get-employee-month.ts';
import { exportTimesheets, listTimesheets } from '../verbs/timesheets/list-timesheets.ts';
import { streamCsv } from './stream-csv.ts';
import { streamSheet } from './stream-sheet.ts';

const common = { method: 'get' as const, tags: ['timesheets'], security: bearer };
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const types = { csv: 'text/csv; charset=utf-8', xlsx };

const listRoute = createRoute({
  ...common,
  path: '/timesheets',
  operationId: 'listTimesheets',
  summary: 'A month added up, one entry a person',
  request: { query: timesheetsQuery },
  responses: { 200: jsonOk(timesheetsPage), ...commonProblems() },
});

const exportRoute = createRoute({
  ...common,
  path: '/timesheets/export',
  operationId: 'exportTimesheets',
  summary: 'A month added up as a file, streamed',
  description: 'CSV has durations in whole minutes, a workbook has them as h:mm. Rows are in order of the person’s id.',
  request: { query: timesheetExportQuery },
  responses: {
    200: {
      description: 'CSV or a workbook',
      content: { 'text/csv': { schema: z.string() }, [xlsx]: { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...commonProblems(),
  },
});

const monthRoute = createRoute({
  ...common,
  path: '/timesheets/{employeeId}',
  operationId: 'getEmployeeMonth',
  summary: 'A person’s month: every day, its weeks, and their sum',
  request: { params: employeeMonthParams, query: employeeMonthQuery },
  responses: { 200: jsonOk(employeeMonth), ...commonProblems('not_found') },
});

/** Months added up: lists, files, one person's. */
export function monthSheetRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(listRoute, async (c) => c.json(await listTimesheets(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(exportRoute, async (c) => {
    const { format, ...query } = c.req.valid('query');
    const batches = await exportTimesheets(deps, c.var.actor, query);
    const { month } = query;
    const heading = timesheetColumns.map((column) => column.heading);
    const body =
      format === 'csv'
        ? await streamCsv(batches, heading, (person) => csvCells(person, month))
        : await streamSheet(batches, month);
    return c.body(body, 200, {
      'content-type': types[format],
      'content-disposition': `attachment; filename="timesheets-${month}.${format}"`,
    });
  });
  router.openapi(monthRoute, async (c) => {
    const { employeeId } = c.req.valid('param');
    return c.json(await getEmployeeMonth(deps, c.var.actor, employeeId, c.req.valid('query').month), 200);
  });
  return router;
}
