import { createRoute, z } from '@hono/zod-openapi';
import { etagOf, id, pageQuery } from '@muster/contracts';
import {
  createDraftBody,
  draftQuery,
  draftView,
  putEntriesBody,
  rosterEntryPage,
  rosterPage,
  rosterView,
} from '@muster/contracts/http/attendance-rosters';
import { idempotencyHeader, ifMatchHeader } from '@muster/contracts/http/employee';
import type { ActorEnv } from '@muster/identity';
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
import { createDraft } from '../verbs/rosters/create-draft.ts';
import { discardDraft } from '../verbs/rosters/discard-draft.ts';
import { getDraft } from '../verbs/rosters/get-draft.ts';
import { listDraftEntries } from '../verbs/rosters/list-draft-entries.ts';
import { listDrafts } from '../verbs/rosters/list-drafts.ts';
import { publishRoster } from '../verbs/rosters/publish-roster.ts';
import { putDraftEntries } from '../verbs/rosters/put-draft-entries.ts';

const common = { tags: ['rosters'], security: bearer };
const params = z.object({ id: id.toLowerCase() });

const creation = createRoute({
  ...common,
  method: 'post',
  path: '/drafts',
  operationId: 'createRosterDraft',
  summary: 'Begin a roster of a site and its dates; it counts for nothing until it is published',
  request: { headers: idempotencyHeader, body: jsonBody(createDraftBody) },
  responses: {
    201: created(rosterView),
    ...commonProblems('not_found', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const list = createRoute({
  ...common,
  method: 'get',
  path: '/drafts',
  operationId: 'listRosterDrafts',
  summary: 'Rosters, drafts and published ones, the latest first',
  request: { query: draftQuery },
  responses: { 200: jsonOk(rosterPage), ...commonProblems() },
});

const get = createRoute({
  ...common,
  method: 'get',
  path: '/drafts/{id}',
  operationId: 'getRosterDraft',
  summary: 'One roster, a draft or published',
  request: { params },
  responses: { 200: jsonOk(draftView), ...commonProblems('not_found') },
});

const removal = createRoute({
  ...common,
  method: 'delete',
  path: '/drafts/{id}',
  operationId: 'discardRosterDraft',
  summary: 'Throw a draft away',
  request: { params },
  responses: { 204: noContent('Thrown away'), ...commonProblems('not_found', 'conflict') },
});

const entries = createRoute({
  ...common,
  method: 'get',
  path: '/drafts/{id}/entries',
  operationId: 'listRosterEntries',
  summary: 'What a roster says, in order of person and date',
  request: { params, query: pageQuery },
  responses: { 200: jsonOk(rosterEntryPage), ...commonProblems('not_found') },
});

const putting = createRoute({
  ...common,
  method: 'put',
  path: '/drafts/{id}/entries',
  operationId: 'putRosterEntries',
  summary: 'Say in a draft what people work on its dates; days that are not named stay as they are',
  request: { params, headers: ifMatchHeader, body: jsonBody(putEntriesBody) },
  responses: { 200: jsonOk(draftView), ...commonProblems('not_found', 'conflict', 'version_mismatch') },
});

const publishing = createRoute({
  ...common,
  method: 'post',
  path: '/drafts/{id}/publish',
  operationId: 'publishRoster',
  summary: 'Publish a draft as a whole; takes no body, and doing it again changes nothing',
  request: { params, headers: ifMatchHeader },
  responses: { 200: jsonOk(draftView), ...commonProblems('not_found', 'conflict', 'version_mismatch') },
});

/** Rosters on their way to be published. */
export function draftRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(creation, async (c) => {
    const draft = await createDraft(deps, c.var.actor, c.req.valid('json'), c.req.valid('header')['idempotency-key']);
    return c.json(draft, 201, { Location: `/api/rosters/drafts/${draft.id}`, ETag: etagOf(draft.version) });
  });
  router.openapi(list, async (c) => c.json(await listDrafts(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(get, async (c) => {
    const draft = await getDraft(deps, c.var.actor, c.req.valid('param').id);
    return c.json(draft, 200, { ETag: etagOf(draft.version) });
  });
  router.openapi(removal, async (c) => {
    await discardDraft(deps, c.var.actor, c.req.valid('param').id);
    return c.body(null, 204);
  });
  router.openapi(entries, async (c) =>
    c.json(await listDraftEntries(deps, c.var.actor, c.req.valid('param').id, c.req.valid('query')), 200),
  );
  router.openapi(putting, async (c) => {
    const ifMatch = c.req.valid('header')['if-match'];
    const draft = await putDraftEntries(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'), ifMatch);
    return c.json(draft, 200, { ETag: etagOf(draft.version) });
  });
  router.openapi(publishing, async (c) => {
    const ifMatch = c.req.valid('header')['if-match'];
    const roster = await publishRoster(deps, c.var.actor, c.req.valid('param').id, ifMatch);
    return c.json(roster, 200, { ETag: etagOf(roster.version) });
  });
  return router;
}
