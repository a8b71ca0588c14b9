import { email } from '@muster/contracts';
import { databaseEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
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
    ...processEnv(8101),
    ...databaseEnv,
    ...sidecarEnv(3501),
    ...deliveryEnv,
    ...tokenEnv,
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
