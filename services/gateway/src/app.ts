import { createHttp, mountHealth } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { versionPrefix } from './edge/api-version.ts';
import { healthRoutes } from './health/health-routes.ts';
import { createDocuments } from './openapi/create-documents.ts';

/** The gateway's own pages: health of the whole, the merged OpenAPI document and a page to read it. Never listens. */
export function createApp(deps: Deps) {
  const app = createHttp({ service: 'gateway', log: deps.log });
  mountHealth(app, { ready: { sidecar: () => deps.sidecar.ready() } });
  app.route('/', healthRoutes(deps));
  app.route('/', docsRoutes());
  const info = {
    title: 'Muster gateway',
    description: 'The one public door, and how the services are',
    version: '1.0.0',
  };
  const own = () => app.getOpenAPI31Document({ openapi: '3.1.0', info });
  const documents = createDocuments(deps, own);
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache' };
  app.get('/openapi.json', async (c) => c.body(await documents(), 200, headers));
  app.get(`${versionPrefix}/openapi.json`, async (c) => c.body(await documents('v1'), 200, headers));
  app.get('/', (c) => c.redirect('/docs'));
  return app;
}
