import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { ServiceDefinition } from '../services.ts';

/** Ports of one service process and its sidecar. */
export interface ServicePorts {
  http: number;
  daprHttp: number;
  daprGrpc: number;
  /** Where other sidecars reach this one (mTLS). */
  daprInternal: number;
  daprMetrics: number;
}

export interface Ports {
  postgres: number;
  redis: number;
  s3: number;
  /** Where mails are handed in, and the page that shows them. */
  smtp: number;
  mail: number;
  sentry: number;
  sentryHealth: number;
  scheduler: number;
  schedulerHealth: number;
  schedulerEtcd: number;
  schedulerPeer: number;
  services: Record<string, ServicePorts>;
}

/** The ports of `make up`: the same every day, so that bookmarks and curl lines keep working. */
export const fixedPorts = (services: readonly ServiceDefinition[]): Ports => ({
  postgres: 5480,
  redis: 6480,
  s3: 7480,
  smtp: 1480,
  mail: 8480,
  sentry: 3490,
  sentryHealth: 3491,
  scheduler: 3492,
  schedulerHealth: 3493,
  schedulerEtcd: 3494,
  schedulerPeer: 3495,
  services: Object.fromEntries(services.map(({ app, port, slot }) => [app, slotPorts(port, slot)])),
});

const slotPorts = (http: number, slot: number): ServicePorts => ({
  http,
  daprHttp: 3500 + slot,
  daprGrpc: 3520 + slot,
  daprInternal: 3540 + slot,
  daprMetrics: 3560 + slot,
});

/** Ports that are free now. Outside the range the kernel hands out, or a restarting part could find its own taken. */
export async function freePorts(services: readonly ServiceDefinition[]): Promise<Ports> {
  const next = await portSource();
  const [postgres, redis, s3, smtp, mail, sentry, sentryHealth] = [
    await next(),
    await next(),
    await next(),
    await next(),
    await next(),
    await next(),
    await next(),
  ];
  const [scheduler, schedulerHealth, schedulerEtcd, schedulerPeer] = [
    await next(),
    await next(),
    await next(),
    await next(),
  ];
  const ports: Ports = {
    ...{
      postgres,
      redis,
      s3,
      smtp,
      mail,
      sentry,
      sentryHealth,
      scheduler,
      schedulerHealth,
      schedulerEtcd,
      schedulerPeer,
    },
    services: {},
  };
  for (const { app } of services) ports.services[app] = await freeServicePorts(next);
  return ports;
}

/** One port that is free now. */
export const freePort = async (): Promise<number> => (await portSource())();

/** Ports for one more process of a service. */
export async function freeServicePorts(next?: () => Promise<number>): Promise<ServicePorts> {
  const take = next ?? (await portSource());
  return {
    http: await take(),
    daprHttp: await take(),
    daprGrpc: await take(),
    daprInternal: await take(),
    daprMetrics: await take(),
  };
}

/** Hands out free ports one after the other from a random start, so that two platforms seldom meet. */
async function portSource(): Promise<() => Promise<number>> {
  let candidate = randomInt(12_000, 31_000);
  return async () => {
    for (let tries = 0; tries < 2_000; tries++) {
      candidate = candidate >= 32_000 ? 12_000 : candidate + 1;
      if (await isPortFree(candidate)) return candidate;
    }
    throw new Error('no free port between 12000 and 32000');
  };
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
