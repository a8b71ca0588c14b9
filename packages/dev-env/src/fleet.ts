import { join } from 'node:path';
import { addReplica } from './add-replica.ts';
import { type Resources, writeResources } from './dapr/write-resources.ts';
import type { ServicePorts } from './env/ports.ts';
import { repoRoot } from './env/repo-root.ts';
import { localAdmin, localSite, type PlatformOptions } from './options.ts';
import { BUCKET, type PartsContext, redisUrl, S3_REGION } from './parts/context.ts';
import { mailPart } from './parts/mail.ts';
import { postgresPart } from './parts/postgres.ts';
import { redisPart } from './parts/redis.ts';
import { s3Part } from './parts/s3.ts';
import { schedulerPart } from './parts/scheduler.ts';
import { sentryPart } from './parts/sentry.ts';
import { servicePart } from './parts/service.ts';
import { sidecarPart } from './parts/sidecar.ts';
import type { Replica } from './platform.ts';
import { createPart } from './process/create-part.ts';
import { MARK } from './process/find-marked.ts';
import type { Part, PartSpec } from './process/part.ts';
import { openPidBook } from './process/pid-book.ts';
import { yieldProcessor } from './process/yield-processor.ts';
import { type ServiceContext, serviceEnv } from './service-env.ts';
import type { ServiceDefinition } from './services.ts';
import { ensureTools, type Tools } from './tools/ensure-tools.ts';

/** All parts of one platform and what is needed to make more of them. */
export interface Fleet {
  context: PartsContext;
  services: readonly ServiceDefinition[];
  parts: Map<string, Part>;
  /** Every process of a service, first one first. */
  processes: Map<string, ServicePorts[]>;
  /** Port where other sidecars find an app, when it is not that of its first process. */
  balanced: Map<string, { port: number; targets: number[]; close(): Promise<void> }>;
  tools(): Promise<Tools>;
  resources(): Promise<Resources>;
  addresses(): Record<string, number>;
  addPart(spec: PartSpec): Part;
  addService(service: ServiceDefinition, name: string, ports: ServicePorts): { service: Part; sidecar: Part };
  envOf(app: string): Record<string, string>;
  addReplica(app: string): Promise<Replica>;
}

/** Makes the parts of a platform; nothing runs yet. */
export function createFleet(
  context: PartsContext,
  services: readonly ServiceDefinition[],
  options: PlatformOptions,
): Fleet {
  const { folder, ports, secrets } = context;
  const report = options.onProgress ?? (() => {});
  const book = openPidBook(folder.pids);
  let tools: Promise<Tools> | undefined;
  let resources: Promise<Resources> | undefined;

  const serviceContext: ServiceContext = {
    ports,
    secrets,
    admin: options.admin ?? localAdmin,
    redisUrl: redisUrl(context),
    s3: {
      S3_ENDPOINT: `http://127.0.0.1:${ports.s3}`,
      S3_ACCESS_KEY: secrets.s3AccessKey,
      S3_SECRET_KEY: secrets.s3SecretKey,
      S3_REGION,
      S3_BUCKET: BUCKET,
    },
    urlsOf: (app) => (fleet.processes.get(app) ?? []).map(({ http }) => `http://127.0.0.1:${http}`),
  };
  const envFor = (service: ServiceDefinition, own: ServicePorts): Record<string, string> => ({
    ...serviceEnv(service, own, serviceContext, options.site ?? localSite()),
    ...options.env?.['*'],
    ...options.env?.[service.app],
  });

  const fleet: Fleet = {
    context,
    services,
    parts: new Map(),
    processes: new Map(),
    balanced: new Map(),
    tools: () => (tools ??= ensureTools(report)),
    resources: () => (resources ??= writeResources(context, options.components ?? join(repoRoot, 'dapr-components'))),
    addresses: () =>
      Object.fromEntries(
        services.map(({ app }) => [
          app,
          fleet.balanced.get(app)?.port ?? fleet.processes.get(app)?.[0]?.daprInternal ?? 1,
        ]),
      ),
    addPart(spec) {
      const part = createPart(spec, {
        logFile: join(folder.logs, `${spec.name}.log`),
        book,
        mark: { [MARK]: folder.root },
        onState: ({ name, pid }, state) => report({ part: name, state, ...(pid && { detail: `pid ${pid}` }) }),
      });
      fleet.parts.set(spec.name, part);
      return part;
    },
    addService(service, name, own) {
      fleet.processes.set(service.app, [...(fleet.processes.get(service.app) ?? []), own]);
      const niceness = options.niceness?.[service.app] ?? 0;
      const spec = servicePart(name, service, own.http, () => envFor(service, own));
      return {
        // Only once it serves: nobody is to wait longer for its start.
        service: fleet.addPart({
          ...spec,
          afterReady: () => yieldProcessor(fleet.parts.get(name)?.pid, niceness),
        }),
        sidecar: fleet.addPart(
          sidecarPart(context, {
            name: `${name}-dapr`,
            service,
            ports: own,
            program: async () => (await fleet.tools()).daprd,
            resources: fleet.resources,
          }),
        ),
      };
    },
    envOf(app) {
      const service = services.find((each) => each.app === app);
      const own = fleet.processes.get(app)?.[0];
      if (!service || !own) throw new Error(`no service called ${app} in this platform`);
      return envFor(service, own);
    },
    addReplica: (app) => addReplica(fleet, app),
  };

  fleet.addPart(
    postgresPart(
      context,
      services.filter(({ database }) => database).map(({ app }) => app),
    ),
  );
  fleet.addPart(redisPart(context, report));
  fleet.addPart(s3Part(context, async () => (await fleet.tools()).versitygw));
  fleet.addPart(mailPart(context));
  fleet.addPart(sentryPart(context, async () => (await fleet.tools()).sentry));
  fleet.addPart(schedulerPart(context, async () => (await fleet.tools()).scheduler));
  for (const service of services) {
    const own = ports.services[service.app];
    if (own) fleet.addService(service, service.app, own);
  }
  return fleet;
}
