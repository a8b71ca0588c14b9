import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type App, apps } from '@muster/contracts';
import { repoRoot } from './env/repo-root.ts';
import type { ServiceContext } from './service-env.ts';

/** One service as the platform starts it: a process, its sidecar and, if it has one, its database. */
export interface ServiceDefinition {
  /** Dapr app-id; also the name of its database and role. */
  app: string;
  folder: string;
  /** What Node runs, from `folder`. */
  entry: string;
  /** Port of `make up`. */
  port: number;
  /** Which of the fixed sidecar ports it has; its position among all services. */
  slot: number;
  database: boolean;
  /** Largest body its sidecar carries (base64 of a photo is a third more than the photo). Default 4Mi. */
  maxBodySize?: string;
  /** Requests its sidecar hands it at a time. Default: no limit. */
  maxConcurrency?: number;
  /** Variables beyond the common ones. */
  env?: (context: ServiceContext) => Record<string, string>;
}

type Extra = Pick<ServiceDefinition, 'maxBodySize' | 'maxConcurrency' | 'env'> & { port: number };

/** By name: browsers make passkeys for `localhost`, but for no address. */
const publicUrl = (urlsOf: ServiceContext['urlsOf']): string =>
  (urlsOf('gateway')[0] ?? 'http://localhost:8080').replace('127.0.0.1', 'localhost');

const extras: Record<App, Extra> = {
  gateway: {
    port: 8080,
    maxBodySize: '16Mi',
    env: ({ urlsOf, redisUrl }) => ({
      EVENTS_URL: urlsOf('events').join(','),
      CORS_ORIGINS: 'http://localhost:5173,http://127.0.0.1:5173',
      TRUST_PROXY_HOPS: '0',
      REDIS_URL: redisUrl,
    }),
  },
  auth: {
    port: 8101,
    env: ({ secrets, admin, ports, urlsOf }) => ({
      PUBLIC_URL: publicUrl(urlsOf),
      // The web app of development has an origin of its own; a passkey's host has no port.
      WEBAUTHN_ORIGINS: [publicUrl(urlsOf), 'http://localhost:5173'].join(','),
      AUTH_KEY_SECRET: secrets.authKeySecret,
      JWT_EXPIRES_IN: '15m',
      MUSTER_ADMIN_EMAIL: admin.email,
      MUSTER_ADMIN_PASSWORD: admin.password,
      SELF_REGISTRATION: 'true',
      SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
      // Everybody here comes from one address.
      ATTEMPT_LIMITS_SCALE: '100',
    }),
  },
  employee: { port: 8102, maxBodySize: '16Mi', env: ({ s3 }) => s3 },
  // As many connections as a sidecar keeps: answers that leave together, as those of a flight do, would close the rest.
  attendance: {
    port: 8103,
    // The log of a device.
    maxBodySize: '16Mi',
    maxConcurrency: 64,
    env: ({ secrets }) => ({ KIOSK_SECRET: secrets.kioskSecret }),
  },
  events: {
    port: 8104,
    env: ({ redisUrl, secrets }) => ({ REDIS_URL: redisUrl, AUDIT_SIGNING_KEY: secrets.auditSigningKey }),
  },
};

/**
 * Muster's services in the order of their ports, as far as they are there: their sources, or with `bundles` what images
 * carry (`dist/`, by `make bundles`).
 */
export const musterServices = (root: string = repoRoot, bundles = false): ServiceDefinition[] =>
  apps
    .map((app, slot) => ({
      app,
      slot,
      folder: bundles ? join(root, 'dist', app) : join(root, 'services', app),
      entry: bundles ? 'main.js' : 'src/main.ts',
      database: app !== 'gateway',
      ...extras[app],
    }))
    .filter(({ folder, entry }) => existsSync(join(folder, entry)));
