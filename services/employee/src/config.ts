import { databaseEnv, defaultSiteEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
import { z } from 'zod';

/** The environment of this service; `.env.example` is generated from it. */
export const configSchema = z.object({
  ...processEnv(8102),
  ...databaseEnv,
  ...sidecarEnv(3502),
  ...deliveryEnv,
  ...tokenEnv,
  ...defaultSiteEnv,
  S3_ENDPOINT: z.url().describe('URL of the S3-compatible server, only to make the bucket'),
  S3_ACCESS_KEY: z.string().min(1).describe('Access key of the bucket'),
  S3_SECRET_KEY: z.string().min(1).describe('Secret key of the bucket'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket'),
  S3_BUCKET: z.string().default('muster-photos').describe('Bucket of the photos'),
  ERASURE_SECOND_LOOK_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(120)
    .describe('Pause before an erasure looks again for what was on its way; longer than a revoked token lives'),
  PHOTO_DECODES: z.coerce.number().int().min(1).max(16).default(1).describe('Photos decoded at one time'),
  PHOTO_UPLOADS: z.coerce.number().int().min(1).max(200).default(16).describe('Uploads held in memory at one time'),
});

export type Config = z.output<typeof configSchema>;
