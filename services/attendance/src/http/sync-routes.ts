import { createRoute } from '@hono/zod-openapi';
import { syncAnswer, syncBody } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { syncPunches } from '../verbs/sync/sync-punches.ts';

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

/** Punches that were made elsewhere or earlier: offline, imported. */
export function syncRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(syncRoute, async (c) => c.json(await syncPunches(deps, c.var.actor, c.req.valid('json')), 200));
  return router;
}
