import { createRoute } from '@hono/zod-openapi';
import {
  askSwapBody,
  decideSwapBody,
  swap,
  swapList,
  swapListQuery,
  swapParams,
} from '@muster/contracts/http/attendance-swaps';
import { idempotencyHeader } from '@muster/contracts/http/employee';
import type { ActorEnv } from '@muster/identity';
import { bearer, commonProblems, created, createRouter, jsonBody, jsonOk, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { acceptSwap } from '../verbs/swaps/accept-swap.ts';
import { approveSwap } from '../verbs/swaps/approve-swap.ts';
import { askSwap } from '../verbs/swaps/ask-swap.ts';
import { endSwap } from '../verbs/swaps/end-swap.ts';
import { getSwap } from '../verbs/swaps/get-swap.ts';
import { listSwaps } from '../verbs/swaps/list-swaps.ts';
import { rejectSwap } from '../verbs/swaps/reject-swap.ts';

const common = { tags: ['swaps'], security: bearer };
const oneOf = { ...common, request: { params: swapParams } };
const moved = { 200: jsonOk(swap), ...commonProblems('not_found', 'conflict') };

const askRoute = createRoute({
  ...common,
  method: 'post',
  path: '/swaps',
  operationId: 'askSwap',
  summary: 'Offer one of my published shifts to a colleague of my site, for one of theirs or as a gift',
  request: { headers: idempotencyHeader, body: jsonBody(askSwapBody) },
  responses: {
    201: created(swap),
    ...commonProblems('not_found', 'conflict', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/swaps',
  operationId: 'listSwaps',
  summary: 'Swaps the caller may see, newest first, by cursor',
  request: { query: swapListQuery },
  responses: { 200: jsonOk(swapList), ...commonProblems() },
});

const getRoute = createRoute({
  ...oneOf,
  method: 'get',
  path: '/swaps/{swapId}',
  operationId: 'getSwap',
  summary: 'One swap',
  responses: { 200: jsonOk(swap), ...commonProblems('not_found') },
});

const acceptRoute = createRoute({
  ...oneOf,
  method: 'post',
  path: '/swaps/{swapId}/accept',
  operationId: 'acceptSwap',
  summary: 'Agree to a swap I was offered; a manager decides next',
  description: 'Takes no body.',
  responses: moved,
});

const declineRoute = createRoute({
  ...oneOf,
  method: 'post',
  path: '/swaps/{swapId}/decline',
  operationId: 'declineSwap',
  summary: 'Decline a swap I was offered, also after having accepted it',
  description: 'Takes no body.',
  responses: moved,
});

const cancelRoute = createRoute({
  ...oneOf,
  method: 'post',
  path: '/swaps/{swapId}/cancel',
  operationId: 'cancelSwap',
  summary: 'Withdraw a swap I asked for',
  description: 'Takes no body.',
  responses: moved,
});

const decision = { params: swapParams, body: { ...jsonBody(decideSwapBody), required: false } };

const approveRoute = createRoute({
  ...common,
  method: 'post',
  path: '/swaps/{swapId}/approve',
  operationId: 'approveSwap',
  summary: 'Approve a swap both agreed upon: both rosters change at once',
  description: 'For whoever stands above both people, hr and admins; never about one’s own.',
  request: decision,
  responses: moved,
});

const rejectRoute = createRoute({
  ...common,
  method: 'post',
  path: '/swaps/{swapId}/reject',
  operationId: 'rejectSwap',
  summary: 'Reject a swap both agreed upon',
  request: decision,
  responses: moved,
});

/** Swaps of shifts between two people. */
export function swapRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.openapi(askRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const asked = await askSwap(deps, c.var.actor, c.req.valid('json'), key);
    return c.json(asked, 201, { Location: `/api/rosters/swaps/${asked.id}` });
  });
  router.openapi(listRoute, async (c) => c.json(await listSwaps(deps, c.var.actor, c.req.valid('query')), 200));
  router.openapi(getRoute, async (c) => c.json(await getSwap(deps, c.var.actor, c.req.valid('param').swapId), 200));
  router.openapi(acceptRoute, async (c) =>
    c.json(await acceptSwap(deps, c.var.actor, c.req.valid('param').swapId), 200),
  );
  router.openapi(declineRoute, async (c) =>
    c.json(await endSwap(deps, c.var.actor, c.req.valid('param').swapId, 'DECLINED'), 200),
  );
  router.openapi(cancelRoute, async (c) =>
    c.json(await endSwap(deps, c.var.actor, c.req.valid('param').swapId, 'CANCELLED'), 200),
  );
  router.openapi(approveRoute, async (c) =>
    c.json(await approveSwap(deps, c.var.actor, c.req.valid('param').swapId, c.req.valid('json').reason), 200),
  );
  router.openapi(rejectRoute, async (c) =>
    c.json(await rejectSwap(deps, c.var.actor, c.req.valid('param').swapId, c.req.valid('json').reason), 200),
  );
  return router;
}
