import type { OpenAPIHono } from '@hono/zod-openapi';
import { mountEvents } from '@muster/dapr';
import { isOutage } from '@muster/db';
import { authenticate, type Verifier } from '@muster/identity';
import { createHttp, type Log, mountHealth, mountOpenApi, type ReadyChecks } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { eventTable } from './events/index.ts';
import { departmentRoutes } from './http/departments.ts';
import { employeeRoutes } from './http/employees.ts';
import type { HttpEnv } from './http/env.ts';
import { internalRoutes } from './http/internal.ts';
import { employeePhotoRoutes, profilePhotoRoutes } from './http/photos.ts';
import { privacyRoutes } from './http/privacy.ts';
import { profileRoutes } from './http/profile.ts';
import { siteRoutes } from './http/sites.ts';
import { maxPhotoBytes } from './images/check-image.ts';

export interface AppOptions {
  deps: Deps;
  log: Log;
  verifier: Pick<Verifier, 'verify'>;
  appApiToken: string;
  ready: ReadyChecks;
}

// A multipart body carries its boundaries and headers beside the photo.
const photoBodyBytes = maxPhotoBytes + 64 * 1024;
const jsonBodyBytes = 256 * 1024;

/** Mounts everything this service answers to; never listens. */
export function createApp({ deps, log, verifier, appApiToken, ready }: AppOptions): OpenAPIHono<HttpEnv> {
  const app = createHttp<HttpEnv>({
    service: 'employee',
    log,
    isOutage,
    bodyLimitBytes: (path) => (path.endsWith('/photo') ? photoBodyBytes : jsonBodyBytes),
  });
  mountHealth(app, { ready });
  mountEvents(app, { appId: 'employee', appApiToken, handle: eventTable(deps), sql: deps.sql, log });
  app.route('/internal', internalRoutes(deps, appApiToken));
  app.use('/api/*', authenticate(verifier, { appApiToken }));
  app.route('/api/employees', employeeRoutes(deps));
  app.route('/api/employees', employeePhotoRoutes(deps));
  app.route('/api/profile', profileRoutes(deps));
  app.route('/api/profile', profilePhotoRoutes(deps));
  app.route('/api/privacy', privacyRoutes(deps));
  app.route('/api/sites', siteRoutes(deps));
  app.route('/api/departments', departmentRoutes(deps));
  mountOpenApi(app, {
    title: 'Muster employee',
    description: 'People, sites, departments, photos, exports and erasures of personal data',
    version: '1.0.0',
  });
  return app;
}
