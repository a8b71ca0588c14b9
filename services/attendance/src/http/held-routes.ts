import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { heldPunches, heldQuery } from '@muster/contracts/http/attendance-held';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { dismissHeldPunch } from '../verbs/sync/dismiss-held-punch.ts';
import { listHeld } from '../verbs/sync/list-held.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/punches/held',
  operationId: 'listHeldPunches',
  tags: ['attendance'],
  summary: 'Punches of devices that were not believed and wait for somebody, newest first, by cursor',
  security: bearer,
  request: { query: heldQuery },
  responses: { 200: jsonOk(heldPunches), ...commonProblems() },
});

const dismissRoute = createRoute({
  method: 'post',
  path: '/punches/held/{id}/dismiss',
  operationId: 'dismissHeldPunch',
  tags: ['attendance'],
  summary: 'Settle a punch that waits; what it should have been is entered as a correction. Takes no body',
  security: bearer,
  request: { params: z.object({ id: id.toLowerCase() }) },
  responses: { 204: noContent('Settled'), ...commonProblems('not_found') },
});

/** What devices brought and nobody believes yet. */
export function heldRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(listRoute, async (c) => c.json(await listHeld(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(dismissRoute, async (c) => {
    await dismissHeldPunch(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
