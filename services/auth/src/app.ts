import { type JobTable, mountEvents, mountJobs, mountPersonalData } from '@muster/dapr';
import { isOutage } from '@muster/db';
import { firstHandOnly, type Verifier } from '@muster/identity';
import { createHttp, mountHealth, mountOpenApi, type ReadyChecks } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { eventTable } from './events/index.ts';
import { apiKeyRoutes } from './http/api-key-routes.ts';
import { clientReader } from './http/client-of.ts';
import { clientRoutes } from './http/client-routes.ts';
import { deviceRoutes } from './http/device-routes.ts';
import { internalRoutes } from './http/internal-routes.ts';
import { keyRoutes } from './http/key-routes.ts';
import { passkeyRoutes } from './http/passkey-routes.ts';
import { permissionRoutes } from './http/permission-routes.ts';
import { recoveryRoutes } from './http/recovery-routes.ts';
import { selfRoutes } from './http/self-routes.ts';
import { ownSessionRoutes, userSessionRoutes } from './http/session-routes.ts';
import { accountRoutes, sessionRoutes } from './http/sign-in-routes.ts';
import { tokenRoutes } from './http/token-routes.ts';
import { twoFactorRoutes } from './http/two-factor-routes.ts';
import { userRoutes } from './http/user-routes.ts';
import { erasePerson } from './verbs/erase-person.ts';
import { tellPersonalData } from './verbs/tell-personal-data.ts';

export interface AppOptions {
  verifier: Pick<Verifier, 'verify'>;
  /** Takes tokens that only set up two-factor sign-in, too. */
  setupVerifier: Pick<Verifier, 'verify'>;
  appApiToken: string;
  ready: ReadyChecks;
  jobs?: JobTable;
}

// A sign-in is small; an event with two snapshots of a person may be larger.
const bodyLimitBytes = (path: string): number => (path.startsWith('/api/') ? 16 * 1024 : 1024 * 1024);

/** Everything the service answers; never listens. */
export function createApp(
  deps: Deps,
  { verifier: anyVerifier, setupVerifier, appApiToken, ready, jobs = {} }: AppOptions,
) {
  const { sql, log } = deps;
  const app = createHttp({ service: 'auth', log, bodyLimitBytes, isOutage });
  // What is about one's own account: only the person may, never a key of theirs.
  const verifier = firstHandOnly(anyVerifier);
  const clientOf = clientReader(appApiToken);
  // Answers here hold tokens or private data: no cache may keep them. The public keys say otherwise themselves.
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  mountHealth(app, { ready });
  mountEvents(app, { appId: 'auth', appApiToken, handle: eventTable(deps), sql, log });
  mountJobs(app, { appApiToken, handle: jobs, log });
  app.route('/api/auth', keyRoutes(deps, verifier, appApiToken));
  mountPersonalData(app, {
    appApiToken,
    read: (personId, cursor) => tellPersonalData(deps, personId, cursor),
    erase: (personId) => erasePerson(deps, personId),
  });
  app.route('/api/auth', accountRoutes(deps, clientOf, 'auth'));
  app.route('/api/auth', sessionRoutes(deps, clientOf));
  app.route('/api/auth', recoveryRoutes(deps, clientOf));
  app.route('/api/auth', selfRoutes(deps, verifier, appApiToken));
  app.route('/api/auth', permissionRoutes(anyVerifier, appApiToken));
  app.route('/api/auth/2fa', twoFactorRoutes(deps, firstHandOnly(setupVerifier), appApiToken));
  app.route('/api/auth/sessions', ownSessionRoutes(deps, verifier, appApiToken));
  app.route('/api/auth/passkeys', passkeyRoutes(deps, clientOf, verifier, appApiToken));
  app.route('/api/accounts', accountRoutes(deps, clientOf, 'accounts'));
  app.route('/api/users', userRoutes(deps, anyVerifier, appApiToken));
  app.route('/api/users', userSessionRoutes(deps));
  app.route('/api/auth', tokenRoutes(deps));
  app.route('/api/clients', clientRoutes(deps, anyVerifier, appApiToken));
  app.route('/api/api-keys', apiKeyRoutes(deps, anyVerifier, appApiToken));
  app.route('/api/devices', deviceRoutes(deps, anyVerifier, appApiToken));
  app.route('/internal', internalRoutes(deps, appApiToken));
  mountOpenApi(app, {
    title: 'Muster auth',
    description: 'Accounts, sessions, second factors, passkeys, API keys, machine clients, kiosks, mails, signing keys',
    version: '1.0.0',
  });
  return app;
}
