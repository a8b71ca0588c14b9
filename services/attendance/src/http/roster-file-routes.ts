import { createRoute, z } from '@hono/zod-openapi';
import { rosterExportQuery, rosterImport, rosterImportQuery } from '@muster/contracts/http/attendance-roster-files';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { rosterCsv, rosterCsvHeading } from '../domain/roster-files/roster-csv.ts';
import { exportRoster } from '../verbs/roster-files/export-roster.ts';
import { importRoster } from '../verbs/roster-files/import-roster.ts';
import { readCsv } from './read-csv.ts';

const common = { tags: ['rosters'], security: bearer };

const exportRoute = createRoute({
  ...common,
  method: 'get',
  path: '/export',
  operationId: 'exportRoster',
  summary: 'Published rosters as a CSV file, streamed, that an import reads back',
  description:
    'Columns employeeId, workId, name, date, shift, action (work or off). Somebody with a shift between the dates has a line for each date.',
  request: { query: rosterExportQuery },
  responses: {
    200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } },
    ...commonProblems(),
  },
});

const importRoute = createRoute({
  ...common,
  method: 'post',
  path: '/import',
  operationId: 'importRoster',
  summary: 'Take a CSV file over as published rosters, all of it or nothing',
  description:
    'A heading with employeeId or workId, date and shift, then at most 50,000 rows. The rows of a person’s date are all its shifts and replace what is planned there; action off, or an empty shift, is a day off; dates that are not named stay. With one refused row `applied` is false and nothing changes.',
  request: {
    query: rosterImportQuery,
    body: { required: true, content: { 'text/csv': { schema: z.string() } } },
  },
  responses: { 200: jsonOk(rosterImport, 'What came of each row'), ...commonProblems('conflict') },
});

/** Rosters as files. */
export function rosterFileRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(exportRoute, async (c) => {
    const query = c.req.valid('query');
    const batches = exportRoster(deps, c.var.actor, query);
    // Read before the answer begins: an outage is still an honest 503 then, later it can only break the download off.
    const first = await batches.next();
    async function* texts(): AsyncGenerator<string> {
      yield rosterCsvHeading;
      if (first.done) return;
      yield rosterCsv(first.value);
      for await (const batch of batches) yield rosterCsv(batch);
    }
    return c.body(ReadableStream.from(texts()).pipeThrough(new TextEncoderStream()), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="roster-${query.from}-${query.to}.csv"`,
    });
  });
  router.openapi(importRoute, async (c) => {
    const dryRun = c.req.valid('query').dryRun === 'true';
    return c.json(await importRoster(deps, c.var.actor, readCsv(c), { dryRun }), 200);
  });
  return router;
}
