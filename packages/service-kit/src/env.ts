import { id, zone } from '@muster/contracts';
import { z } from 'zod';
import { logLevels } from './logger.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** How a process runs; `defaultPort` is where it listens. Spread it into a service's config schema, like the others here. */
export const processEnv = (defaultPort: number) => ({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production').describe('Kind of run'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: port.default(defaultPort).describe('Port to listen on; 0 takes a free one'),
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe(`Least level that is logged: ${logLevels.join(', ')}`),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for machines, pretty for a terminal'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OTLP/HTTP collector for traces, like http://collector:4318; without it nothing is traced'),
});

/** A service's own PostgreSQL. */
export const databaseEnv = {
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must be a postgres:// URL')
    .describe('PostgreSQL of this service alone: postgres://user:password@host:port/database'),
  MIGRATE_AT_START: z
    .stringbool()
    .default(true)
    .describe(
      'Whether a start applies migrations; false where `migrate` runs before, then a start refuses an old database',
    ),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(10).describe('Connections to PostgreSQL at most'),
};

/** All that `migrate`, a service's second entry, needs. */
export const migrateEnv = z.object({
  LOG_LEVEL: processEnv(0).LOG_LEVEL,
  LOG_FORMAT: processEnv(0).LOG_FORMAT,
  DATABASE_URL: databaseEnv.DATABASE_URL,
});

/** The sidecar as everybody calls it. */
export const sidecarEnv = (defaultPort: number) => ({
  DAPR_HTTP_PORT: port.min(1).default(defaultPort).describe("HTTP port of this service's sidecar"),
  DAPR_API_TOKEN: z.string().min(8).optional().describe('Token this service shows to its sidecar'),
});

/** The sidecar as it calls a service: with its token, to deliver events and invocations. */
export const deliveryEnv = {
  APP_API_TOKEN: z.string().min(8).describe('Token the sidecar shows to this service'),
  PUBSUB_PROBE_ADDRESS: z.string().optional().describe('host:port of Redis, to notice a sidecar without pub/sub'),
};

/** What access tokens must say of their origin. */
export const tokenEnv = {
  JWT_ISSUER: z.string().min(1).default('https://muster.local').describe('Issuer of access tokens'),
  JWT_AUDIENCE: z.string().min(1).default('muster').describe('Audience of access tokens'),
};

/** Where people work of whom nothing else is known. */
export const defaultSiteEnv = {
  MUSTER_DEFAULT_SITE: id.toLowerCase().describe('Id of the default site (UUID)'),
  MUSTER_DEFAULT_SITE_NAME: z
    .string()
    .default('Head office')
    .describe('Name of the default site when it is first made'),
  MUSTER_DEFAULT_SITE_ZONE: zone.default('UTC').describe('IANA time zone of the default site'),
};
