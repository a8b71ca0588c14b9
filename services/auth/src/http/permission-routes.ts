import { createRoute } from '@hono/zod-openapi';
import { permissionList } from '@muster/contracts/http/auth';
import { type ActorEnv, authenticate, permissionsOf, type Verifier } from '@muster/identity';
import { bearer, commonProblems, createRouter, jsonOk, type KitEnv } from '@muster/service-kit';

const permissionsRoute = createRoute({
  method: 'get',
  path: '/permissions',
  operationId: 'listPermissions',
  tags: ['auth'],
  summary: 'What I may do, and how far',
  description:
    'Resource, action and scope of each permission of my role; a narrowed token shows what is left of it. Not listed: refused.',
  security: bearer,
  responses: {
    200: jsonOk(permissionList),
    ...commonProblems(),
  },
});

/** What the caller's token allows: for clients that show only what would not be refused. */
export function permissionRoutes(verifier: Pick<Verifier, 'verify'>, appApiToken: string) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.use(permissionsRoute.path, authenticate(verifier, { appApiToken }));
  router.openapi(permissionsRoute, (c) => {
    const { actor } = c.var;
    return c.json({ role: actor.role, permissions: permissionsOf(actor) }, 200);
  });
  return router;
}
