import { createRoute } from '@hono/zod-openapi';
import { AppError } from '@muster/contracts';
import { markAnswer, markBody, punchHeaders, watchBody } from '@muster/contracts/http/attendance';
import { callingActor, requireSidecar } from '@muster/dapr';
import { commonProblems, created, createRouter, jsonBody, noContent } from '@muster/service-kit';
import type { Context } from 'hono';
import type { Deps } from '../deps.ts';
import { findVisibleClass } from '../verbs/classes/find-visible-class.ts';
import { type MarkingActor, markStudent } from '../verbs/classes/mark-student.ts';

// `hide`: `events` calls these for who is connected to it, they are no part of the public document.
const inner = { tags: ['internal'], hide: true, method: 'post' as const };

const markRoute = createRoute({
  ...inner,
  path: '/mark',
  request: { headers: punchHeaders, body: jsonBody(markBody) },
  responses: {
    201: created(markAnswer, 'Marked'),
    ...commonProblems('not_found', 'request_in_progress', 'idempotency_mismatch'),
  },
});

const watchRoute = createRoute({
  ...inner,
  path: '/watch',
  request: { body: jsonBody(watchBody) },
  responses: { 204: noContent('May hear of it'), ...commonProblems('not_found') },
});

/** Whose socket it is: `events` has verified their token, and narrowed tokens open no socket. */
function person(c: Context): MarkingActor {
  const actor = callingActor(c);
  if (actor === undefined || actor.role === 'system') throw new AppError('forbidden', 'Say for whom you ask.');
  const { id, name, role, ip, userAgent } = actor;
  return { id, name, role, ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) };
}

/** `/internal/class-attendance`: what teachers say by socket, in their own name. */
export function classSocketRoutes(deps: Deps, appApiToken: string) {
  const router = createRouter();
  router.use('*', requireSidecar(appApiToken));
  router.openapi(markRoute, async (c) => {
    const answer = await markStudent(deps, person(c), c.req.valid('json'), c.req.valid('header')['idempotency-key']);
    return c.json(answer, 201);
  });
  router.openapi(watchRoute, async (c) => {
    await findVisibleClass(deps, person(c), 'classes.read', c.req.valid('json').classId);
    return c.body(null, 204);
  });
  return router;
}
