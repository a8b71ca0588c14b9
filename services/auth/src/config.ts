import { email } from '@muster/contracts';
import { logLevels } from '@muster/service-kit';
import { z } from 'zod';
import { isCommonPassword } from './domain/common-passwords.ts';
import { findPasswordFault } from './domain/password-policy.ts';

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `15m` → 900. A bare number means seconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]?$/, 'must be like 15m, 900s or 1h')
  .transform((text) => Number.parseInt(text, 10) * unitSeconds[(/[smhd]$/.exec(text)?.[0] ?? 's') as 's'])
  .refine((seconds) => seconds >= 60 && seconds <= 86_400, 'must be between 1m and 24h');

const password = z.string().superRefine((value, ctx) => {
  const fault = findPasswordFault(value, isCommonPassword);
  if (fault !== undefined) ctx.addIssue({ code: 'custom', message: fault });
});

/** The environment of this service. */
export const configSchema = z
  .object({
    NODE_ENV: z.string().default('production').describe('development, test or production'),
    HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(8101).describe('Port to listen on'),
    LOG_LEVEL: z.enum(logLevels).default('info').describe('Least important level that is logged'),
    LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json, or pretty for a terminal'),
    DATABASE_URL: z.string().min(1).describe('postgres:// URL of the auth database'),
    DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(100).default(10).describe('Most connections to it'),
    DAPR_HTTP_PORT: z.coerce.number().int().default(3501).describe('HTTP port of the sidecar'),
    APP_API_TOKEN: z.string().min(8).describe('Token the sidecar sends us'),
    DAPR_API_TOKEN: z.string().min(8).optional().describe('Token we send the sidecar'),
    PUBSUB_PROBE_ADDRESS: z.string().optional().describe('host:port of Redis, to notice a sidecar without pub/sub'),
    JWT_ISSUER: z.string().min(1).default('https://muster.local').describe('`iss` of access tokens'),
    JWT_AUDIENCE: z.string().min(1).default('muster').describe('`aud` of access tokens'),
    JWT_EXPIRES_IN: duration.prefault('15m').describe('Life of an access token, like 15m'),
    AUTH_KEY_SECRET: z.string().min(16).describe('Wraps the private signing keys at rest; never change it alone'),
    MUSTER_ADMIN_EMAIL: email.optional().describe('E-mail of the first administrator'),
    MUSTER_ADMIN_PASSWORD: password.optional().describe('Password of the first administrator'),
    SELF_REGISTRATION: z.stringbool().default(true).describe('Whether anybody may register'),
    BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(10).describe('Cost of new password hashes'),
    HASH_WORKERS: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe('Threads that hash passwords; without it, one per processor and at most 4'),
    HASH_QUEUE_MAX: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .describe('Most hashes that wait; without it, what is done within a second'),
  })
  .refine((env) => (env.MUSTER_ADMIN_EMAIL === undefined) === (env.MUSTER_ADMIN_PASSWORD === undefined), {
    message: 'MUSTER_ADMIN_EMAIL and MUSTER_ADMIN_PASSWORD go together',
    path: ['MUSTER_ADMIN_PASSWORD'],
  });

export type Config = z.output<typeof configSchema>;
