import { createRoute, z } from '@hono/zod-openapi';
import { importAnswer, importQuery, syncAnswer, syncBody } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { importPunches } from '../verbs/sync/import-punches.ts';
import { syncPunches } from '../verbs/sync/sync-punches.ts';
import { readPunchFile } from './read-punch-file.ts';

const syncRoute = createRoute({
  method: 'post',
  path: '/punches/sync',
  operationId: 'syncPunches',
  tags: ['attendance'],
  summary: 'Bring punches that were made offline: up to 1,000, in any order, as often as you like',
  description:
    'A person brings their own, a kiosk those of people of its site. Each punch is one fact by its clientId; its result says what became of it. A kiosk also calls this with no punches, to say until when it has told everything.',
  security: bearer,
  request: { body: jsonBody(syncBody) },
  responses: { 200: jsonOk(syncAnswer, 'A result per punch, in order'), ...commonProblems() },
});

const file = { schema: z.string() };

const importRoute = createRoute({
  method: 'post',
  path: '/punches/import',
  operationId: 'importPunches',
  tags: ['attendance'],
  summary: 'Take over the log of a device, up to 100,000 lines; the same file again changes nothing',
  description:
    'attlog: tab-separated user, YYYY-MM-DD HH:MM:SS, status (0 in, 1 out, 2 break out, 3 break in, 4 and 5 in and out of overtime, 255 or nothing: not known), and whatever follows. csv: the columns workId,time,type with type IN, OUT, BREAK_START or BREAK_END. Times are of the wall clock at the site, or instants with an offset. The user is the work id of somebody of the site. A file with lines of somebody unknown may come again once they are known.',
  security: bearer,
  request: {
    query: importQuery,
    body: { required: true, content: { 'text/plain': file, 'text/csv': file } },
  },
  responses: { 200: jsonOk(importAnswer, 'A result per line'), ...commonProblems('not_found') },
});

/** Punches that were made elsewhere or earlier: offline, imported. */
export function syncRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(syncRoute, async (c) => c.json(await syncPunches(deps, c.var.actor, c.req.valid('json')), 200));
  router.openapi(importRoute, async (c) => {
    const query = c.req.valid('query');
    return c.json(await importPunches(deps, c.var.actor, query, readPunchFile(c, query.format)), 200);
  });
  return router;
}
