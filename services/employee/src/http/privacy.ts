import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import {
  askErasureBody,
  askExportBody,
  erasure,
  erasureListQuery,
  erasurePage,
  personalExport,
} from '@muster/contracts/http/privacy';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { askErasure } from '../verbs/ask-erasure.ts';
import { askExport } from '../verbs/ask-export.ts';
import { decideErasure } from '../verbs/decide-erasure.ts';
import { getErasure } from '../verbs/get-erasure.ts';
import { getExport } from '../verbs/get-export.ts';
import { listErasures } from '../verbs/list-erasures.ts';
import { readExport } from '../verbs/read-export.ts';
import type { HttpEnv } from './env.ts';
import { idParam } from './params.ts';

const shared = { tags: ['privacy'], security: bearer };
const ofOne = { request: { params: idParam } };

const askForExport = createRoute({
  ...shared,
  method: 'post',
  path: '/exports',
  summary: 'Ask for an archive of everything Muster holds about a person',
  description:
    'Oneself by default; anybody for admin and hr. Every service contributes its part in the background: ask for the status until it is `ready`. Asking again while it is being made answers with the same one.',
  request: { body: jsonBody(askExportBody) },
  responses: { 202: created(personalExport, 'It is being made'), ...commonProblems('not_found') },
});
const oneExport = createRoute({
  ...shared,
  ...ofOne,
  method: 'get',
  path: '/exports/{id}',
  summary: 'How far an export is',
  responses: { 200: jsonOk(personalExport), ...commonProblems('not_found') },
});
const archive = createRoute({
  ...shared,
  ...ofOne,
  method: 'get',
  path: '/exports/{id}/archive',
  summary: 'The archive (zip): a folder a service, JSON lines a table, the photo',
  description: 'For the person it is about and for whoever asked for it, for 7 days. Never cached.',
  responses: {
    200: {
      description: 'The archive',
      content: { 'application/zip': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...commonProblems('not_found'),
  },
});

const askForErasure = createRoute({
  ...shared,
  method: 'post',
  path: '/erasures',
  summary: 'Ask for the erasure of a person',
  description:
    'For oneself it waits for an admin. An admin naming somebody else decides with it: there is no way back. Times of work and the audit log stay, by id only.',
  request: { body: jsonBody(askErasureBody) },
  responses: {
    202: created(erasure, 'Asked for, or under way'),
    ...commonProblems('not_found', 'last_admin', 'conflict'),
  },
});
const everyErasure = createRoute({
  ...shared,
  method: 'get',
  path: '/erasures',
  summary: 'Erasures that wait, are under way or are done, newest first',
  request: { query: erasureListQuery },
  responses: { 200: jsonOk(erasurePage), ...commonProblems() },
});
const oneErasure = createRoute({
  ...shared,
  ...ofOne,
  method: 'get',
  path: '/erasures/{id}',
  summary: 'How far an erasure is, service by service',
  responses: { 200: jsonOk(erasure), ...commonProblems('not_found') },
});
const decision = (verb: 'approve' | 'decline', summary: string) =>
  createRoute({
    ...shared,
    ...ofOne,
    method: 'post',
    path: `/erasures/{id}/${verb}` as const,
    summary,
    responses: { 200: jsonOk(erasure), ...commonProblems('not_found', 'conflict', 'last_admin') },
  });
const approve = decision('approve', 'Grant an erasure: there is no way back');
const decline = decision('decline', 'Decline an erasure, for instance while a claim is open');

const attachment = {
  'Content-Type': 'application/zip',
  'Content-Disposition': 'attachment; filename="personal-data.zip"',
};

/** `/api/privacy`. Nothing of it may lie in a cache. */
export function privacyRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  const router = createRouter<HttpEnv>();
  router.use('*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  return router
    .openapi(askForExport, async (c) => {
      const stored = await askExport(deps, c.get('actor'), c.req.valid('json').employeeId);
      return c.json(stored, 202, { Location: `/api/privacy/exports/${stored.id}` });
    })
    .openapi(oneExport, async (c) => c.json(await getExport(deps, c.get('actor'), c.req.valid('param').id), 200))
    .openapi(archive, async (c) => {
      const bytes = await readExport(deps, c.get('actor'), c.req.valid('param').id);
      return c.body(ReadableStream.from(bytes) as ReadableStream<Uint8Array>, 200, attachment);
    })
    .openapi(askForErasure, async (c) => {
      const stored = await askErasure(deps, c.get('actor'), c.req.valid('json').employeeId);
      return c.json(stored, 202, { Location: `/api/privacy/erasures/${stored.id}` });
    })
    .openapi(everyErasure, async (c) => c.json(await listErasures(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(oneErasure, async (c) => c.json(await getErasure(deps, c.get('actor'), c.req.valid('param').id), 200))
    .openapi(approve, async (c) =>
      c.json(await decideErasure(deps, c.get('actor'), c.req.valid('param').id, 'approve'), 200),
    )
    .openapi(decline, async (c) =>
      c.json(await decideErasure(deps, c.get('actor'), c.req.valid('param').id, 'decline'), 200),
    );
}
