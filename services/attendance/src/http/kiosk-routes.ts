import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import { pinState, qrAnswer, setPinBody } from '@muster/contracts/http/attendance';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonBody, jsonOk, type KitEnv, noContent } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { readPin } from '../verbs/read-pin.ts';
import { resetPin } from '../verbs/reset-pin.ts';
import { setPin } from '../verbs/set-pin.ts';
import { showQr } from '../verbs/show-qr.ts';

const kiosk = { tags: ['kiosk'], security: bearer };

const setRoute = createRoute({
  ...kiosk,
  method: 'put',
  path: '/pin',
  operationId: 'setPin',
  summary: 'Set the PIN I type at kiosks',
  description: 'Six digits; 123456, 111111 and their like are refused. An earlier PIN ends with it.',
  request: { body: jsonBody(setPinBody) },
  responses: { 204: noContent('Set'), ...commonProblems() },
});

const readRoute = createRoute({
  ...kiosk,
  method: 'get',
  path: '/pin',
  operationId: 'readPin',
  summary: 'Whether I have a PIN for kiosks',
  responses: { 200: jsonOk(pinState), ...commonProblems() },
});

const resetRoute = createRoute({
  ...kiosk,
  method: 'delete',
  path: '/pin/{employeeId}',
  operationId: 'resetPin',
  summary: 'Take somebody’s PIN away; they set a new one themselves',
  request: { params: z.object({ employeeId: id.toLowerCase() }) },
  responses: { 204: noContent('Reset'), ...commonProblems('not_found') },
});

const qrRoute = createRoute({
  ...kiosk,
  method: 'get',
  path: '/qr',
  operationId: 'showQr',
  summary: 'A code for a kiosk to scan: good once, for 30 s',
  responses: { 200: jsonOk(qrAnswer), ...commonProblems() },
});

/** What people prepare for kiosks. Mount before the reading routes, whose `/{id}` takes any word. */
export function kioskRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(setRoute, async (c) => {
    await setPin(deps, c.get('actor'), c.req.valid('json').pin);
    return c.body(null, 204);
  });
  router.openapi(readRoute, async (c) => c.json(await readPin(deps, c.get('actor')), 200));
  router.openapi(resetRoute, async (c) => {
    await resetPin(deps, c.get('actor'), c.req.valid('param').employeeId);
    return c.body(null, 204);
  });
  router.openapi(qrRoute, (c) => c.json(showQr(deps, c.get('actor')), 200, { 'Cache-Control': 'no-store' }));
  return router;
}
