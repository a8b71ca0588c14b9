import { id, zone } from '@muster/contracts';
import { logLevels } from '@muster/service-kit';
import { z } from 'zod';

/** The environment of this service; `.env.example` is generated from it. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production').describe('Mode of operation'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8102).describe('Port to listen on'),
  LOG_LEVEL: z.enum(logLevels).default('info').describe('Lowest level that is logged'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for machines, pretty for a terminal'),
  DATABASE_URL: z.url().describe("PostgreSQL URL of this service's own database"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(10).describe('Connections at most'),
  DAPR_HTTP_PORT: z.coerce.number().int().min(1).max(65535).default(3502).describe("Port of the sidecar's HTTP API"),
  DAPR_API_TOKEN: z.string().min(8).optional().describe('Token this service shows to its sidecar'),
  APP_API_TOKEN: z.string().min(8).describe('Token the sidecar shows to this service'),
  PUBSUB_PROBE_ADDRESS: z.string().optional().describe('host:port of Redis, to notice a sidecar without pub/sub'),
  JWT_ISSUER: z.string().default('https://muster.local').describe('Expected issuer of access tokens'),
  JWT_AUDIENCE: z.string().default('muster').describe('Expected audience of access tokens'),
  MUSTER_DEFAULT_SITE: id.describe('Id of the site of people who register themselves'),
  MUSTER_DEFAULT_SITE_NAME: z.string().default('Main site').describe('Its name when it is first made'),
  MUSTER_DEFAULT_SITE_ZONE: zone.default('Etc/UTC').describe('Its IANA time zone when it is first made'),
  S3_ENDPOINT: z.url().describe('URL of the S3-compatible server, only to make the bucket'),
  S3_ACCESS_KEY: z.string().min(1).describe('Access key of the bucket'),
  S3_SECRET_KEY: z.string().min(1).describe('Secret key of the bucket'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
  S3_BUCKET: z.string().default('muster-photos').describe('Bucket of the photos'),
  PHOTO_DECODES: z.coerce.number().int().min(1).max(16).default(1).describe('Photos decoded at one time'),
  PHOTO_UPLOADS: z.coerce.number().int().min(1).max(200).default(16).describe('Uploads held in memory at one time'),
});

export type Config = z.infer<typeof configSchema>;
