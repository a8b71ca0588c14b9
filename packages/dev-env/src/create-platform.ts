import { rm } from 'node:fs/promises';
import { type EnvFolder, envFolder, makeEnvFolder, throwawayEnvName } from './env/env-folder.ts';
import { keepPorts } from './env/keep-ports.ts';
import { sweepAbandoned, takeOwnership } from './env/owner.ts';
import { repoRoot } from './env/repo-root.ts';
import { keepSecrets, serviceSecrets } from './env/secrets.ts';
import { createFleet } from './fleet.ts';
import { localAdmin, type PlatformOptions } from './options.ts';
import { redisUrl } from './parts/context.ts';
import { databaseUrl } from './parts/postgres-url.ts';
import { type Platform, statusOf } from './platform.ts';
import { leftovers, reap } from './process/reap.ts';
import { startReaper } from './process/reaper.ts';
import { musterServices } from './services.ts';
import { startFleet, stopFleet } from './start-fleet.ts';
import { urlsOf } from './urls.ts';
import { watchSources } from './watch/watch-sources.ts';

/** Prepares a platform: folder, ports, secrets. Nothing runs before `start`. */
export async function createPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const throwaway = options.name === undefined;
  const folder = envFolder(options.name ?? throwawayEnvName());
  const services = (options.services ?? musterServices(repoRoot, options.bundles)).filter(
    ({ app }) => options.only === undefined || options.only.includes(app),
  );
  if (throwaway) await sweepAbandoned();
  await makeEnvFolder(folder);
  await takeOwnership(folder);
  const secrets = await keepSecrets(
    folder.secrets,
    services.map(({ app }) => app),
  );
  const ports = await keepPorts(folder, services, options.ports ?? 'free');
  const fleet = createFleet({ folder, ports, secrets, throwaway }, services, options);
  const closers: (() => Promise<void> | void)[] = [];

  return {
    name: folder.name,
    folder: folder.root,
    urls: urlsOf(ports, secrets),
    tokens: Object.fromEntries(
      services.map(({ app }) => {
        const { appApiToken, daprApiToken } = serviceSecrets(secrets, app);
        return [app, { app: appApiToken, dapr: daprApiToken }];
      }),
    ),
    admin: options.admin ?? localAdmin,
    redisUrl: redisUrl({ ports, secrets }),
    get parts() {
      return [...fleet.parts.values()];
    },
    async start() {
      await clearLeftovers(folder);
      const reaper = startReaper(folder, throwaway);
      closers.push(() => reaper.dismiss());
      await startFleet(fleet, options);
      if (options.watch) closers.unshift(watchSources(fleet));
    },
    async stop() {
      const [dismissReaper, ...others] = closers.splice(0).reverse();
      for (const close of others) await close();
      await stopFleet(fleet, throwaway);
      await rm(folder.owner, { force: true });
      if (throwaway) await rm(folder.root, { recursive: true, force: true, maxRetries: 5 });
      await dismissReaper?.();
    },
    part(name) {
      const found = fleet.parts.get(name);
      if (!found) throw new Error(`no part called ${name}; there are ${[...fleet.parts.keys()].join(', ')}`);
      return found;
    },
    status: () => [...fleet.parts.values()].map(statusOf),
    env: (app) => fleet.envOf(app),
    sqlUrl: (service) => databaseUrl(ports, secrets, service),
    sidecarUrl(app) {
      const own = ports.services[app];
      if (!own) throw new Error(`no service called ${app} in this platform`);
      return `http://127.0.0.1:${own.daprHttp}`;
    },
    addReplica: (app) => fleet.addReplica(app),
  };
}

/** A supervisor that was killed together with its reaper may have left parts that hold our ports and data. */
async function clearLeftovers(folder: EnvFolder): Promise<void> {
  if (leftovers(folder).length > 0) await reap(folder, 5_000);
}
