import { createRoute } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  auditEntry,
  auditExportQuery,
  auditPage,
  auditQuery,
  auditStats,
  auditVerification,
} from '@muster/contracts/http/events';
import { bearer, commonProblems, createRouter, jsonOk } from '@muster/service-kit';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { auditStatistics } from '../verbs/audit-statistics.ts';
import { exportAuditLogs } from '../verbs/export-audit-logs.ts';
import { getAuditLog } from '../verbs/get-audit-log.ts';
import { listAuditLogs } from '../verbs/list-audit-logs.ts';
import { verifyAudit } from '../verbs/verify-audit.ts';
import type { EventsEnv } from './env.ts';
import { exportStream } from './export-stream.ts';

const base = { tags: ['audit'], security: bearer };

const list = createRoute({
  ...base,
  method: 'get',
  path: '/',
  summary: 'The audit log, newest first',
  request: { query: auditQuery },
  responses: { 200: jsonOk(auditPage), ...commonProblems() },
});
const stats = createRoute({
  ...base,
  method: 'get',
  path: '/stats',
  summary: 'Totals, today by the day of the default site',
  responses: { 200: jsonOk(auditStats), ...commonProblems() },
});
const verify = createRoute({
  ...base,
  method: 'get',
  path: '/verify',
  summary: 'Recompute the whole chain',
  responses: { 200: jsonOk(auditVerification), ...commonProblems() },
});
const exportAll = createRoute({
  ...base,
  method: 'get',
  path: '/export',
  summary: 'All matching entries as a file, streamed',
  request: { query: auditExportQuery },
  responses: {
    200: {
      description: 'CSV or JSON lines',
      content: { 'text/csv': { schema: z.string() }, 'application/jsonl': { schema: z.string() } },
    },
    ...commonProblems(),
  },
});
const one = createRoute({
  ...base,
  method: 'get',
  path: '/{id}',
  summary: 'The entry of one event',
  request: { params: z.object({ id }) },
  responses: { 200: jsonOk(auditEntry), ...commonProblems('not_found') },
});

const contentTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

/** /api/audit-logs. */
export function auditRoutes(deps: Deps) {
  const router = createRouter<EventsEnv>();
  router.openapi(list, async (c) => c.json(await listAuditLogs(deps, c.get('actor'), c.req.valid('query')), 200));
  router.openapi(stats, async (c) => c.json(await auditStatistics(deps, c.get('actor')), 200));
  router.openapi(verify, async (c) => c.json(await verifyAudit(deps, c.get('actor')), 200));
  router.openapi(exportAll, async (c) => {
    const { format, ...filter } = c.req.valid('query');
    const stream = await exportStream(exportAuditLogs(deps, c.get('actor'), filter), format);
    return c.body(stream, 200, {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="audit-log.${format}"`,
    });
  });
  router.openapi(one, async (c) => c.json(await getAuditLog(deps, c.get('actor'), c.req.valid('param').id), 200));
  return router;
}
