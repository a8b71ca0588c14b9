import { createRoute, z } from '@hono/zod-openapi';
import { id } from '@muster/contracts';
import {
  createDeviceBody,
  createdDevice,
  device,
  deviceListQuery,
  devicePage,
  devicePatch,
  secretOnceHeaders,
} from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import {
  bearer,
  commonProblems,
  created,
  createRouter,
  jsonBody,
  jsonOk,
  type KitEnv,
  noContent,
} from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { enrolDevice } from '../verbs/enrol-device.ts';
import { listDevices } from '../verbs/list-devices.ts';
import { readDevice } from '../verbs/read-device.ts';
import { removeDevice } from '../verbs/remove-device.ts';
import { updateDevice } from '../verbs/update-device.ts';

const admin = { tags: ['devices'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const enrolRoute = createRoute({
  ...admin,
  method: 'post',
  path: '/',
  operationId: 'enrolDevice',
  summary: 'Enrol a kiosk at a site; its device token is shown this once',
  request: { headers: secretOnceHeaders, body: jsonBody(createDeviceBody) },
  responses: {
    201: created(createdDevice),
    ...commonProblems('not_found', 'idempotency_mismatch', 'request_in_progress'),
  },
});

const listRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/',
  operationId: 'listDevices',
  summary: 'Kiosks, newest first',
  request: { query: deviceListQuery },
  responses: { 200: jsonOk(devicePage), ...commonProblems() },
});

const readRoute = createRoute({
  ...admin,
  method: 'get',
  path: '/{id}',
  operationId: 'readDevice',
  summary: 'One kiosk',
  request: { params },
  responses: { 200: jsonOk(device), ...commonProblems('not_found') },
});

const updateRoute = createRoute({
  ...admin,
  method: 'patch',
  path: '/{id}',
  operationId: 'updateDevice',
  summary: 'Rename a kiosk, or switch it off or on',
  request: { params, body: jsonBody(devicePatch) },
  responses: { 200: jsonOk(device), ...commonProblems('not_found') },
});

const removeRoute = createRoute({
  ...admin,
  method: 'delete',
  path: '/{id}',
  operationId: 'removeDevice',
  summary: 'Remove a kiosk; it stops working within 60 s',
  request: { params },
  responses: { 204: noContent('Removed'), ...commonProblems('not_found') },
});

/** `/api/devices`, for administrators. */
export function deviceRoutes(deps: Deps, verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use('*', authenticate(verifier, { appApiToken }));
  router.openapi(enrolRoute, async (c) => {
    const idempotencyKey = c.req.valid('header')['idempotency-key'];
    const authorization = c.req.header('authorization') ?? '';
    const enrolled = await enrolDevice(deps, c.var.actor, c.req.valid('json'), { authorization, idempotencyKey });
    return c.json(enrolled, 201, { Location: `/api/devices/${enrolled.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listDevices(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(readRoute, async (c) => c.json(await readDevice(deps, c.var.actor, c.req.valid('param').id), 200));
  router.openapi(updateRoute, async (c) => {
    return c.json(await updateDevice(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200);
  });
  router.openapi(removeRoute, async (c) => {
    await removeDevice(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  return router;
}
