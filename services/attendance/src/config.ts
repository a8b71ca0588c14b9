import { id, zone } from '@muster/contracts';
import { logLevels } from '@muster/service-kit';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** The environment of the attendance service. */
export const configSchema = z.object({
  NODE_ENV: z.string().default('production').describe('development or production'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: port.default(8103).describe('port to listen on; 0 takes a free one'),
  LOG_LEVEL: z.enum(logLevels).default('info').describe('least level that is logged'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for machines, pretty for a terminal'),
  DATABASE_URL: z.string().min(1).describe('PostgreSQL of this service, postgres://user:password@host/attendance'),
  DATABASE_POOL_MAX: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(10)
    .describe('connections at most, beside the few that punches have for themselves'),
  DAPR_HTTP_PORT: port.default(3503).describe("HTTP port of this service's sidecar"),
  APP_API_TOKEN: z.string().min(8).describe('token by which the sidecar proves itself to this service'),
  DAPR_API_TOKEN: z.string().optional().describe('token by which this service proves itself to its sidecar'),
  JWT_ISSUER: z.string().default('https://muster.local').describe('issuer of access tokens'),
  JWT_AUDIENCE: z.string().default('muster').describe('audience of access tokens'),
  MUSTER_DEFAULT_SITE: id.describe('site of people whose own events have not arrived yet (UUID)'),
  MUSTER_DEFAULT_SITE_NAME: z.string().default('Head office').describe('name of the default site'),
  MUSTER_DEFAULT_SITE_ZONE: zone.default('UTC').describe('IANA time zone of the default site'),
  PUBSUB_PROBE_ADDRESS: z.string().optional().describe('host:port of Redis, to notice a sidecar without pub/sub'),
  PUNCH_FLIGHTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe('groups of punches committed at the same time; each has a connection of its own'),
  RELAY_YIELD_AT: z.coerce
    .number()
    .int()
    .min(1)
    .default(32)
    .describe('punches under way from which publishing waits, a second at most'),
  PUNCH_FLIGHT_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(128)
    .describe('punches committed together at most'),
});
export type Config = z.output<typeof configSchema>;
