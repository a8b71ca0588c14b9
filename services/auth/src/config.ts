import { email, role } from '@muster/contracts';
import { databaseEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
import { z } from 'zod';
import type { RelyingParty } from './crypto/passkeys.ts';
import { isCommonPassword } from './domain/common-passwords.ts';
import { findPasswordFault } from './domain/password-policy.ts';
import { readNetworkNames } from './network-names.ts';

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

const secondsOf = (text: string): number =>
  Number.parseInt(text, 10) * unitSeconds[(/[smhd]$/.exec(text)?.[0] ?? 's') as 's'];

/** `15m` → 900. A bare number means seconds. */
const duration = (least: string, most: string) =>
  z
    .string()
    .regex(/^\d{1,8}[smhd]?$/, 'must be like 15m, 900s, 1h or 7d')
    .transform(secondsOf)
    .refine(
      (seconds) => seconds >= secondsOf(least) && seconds <= secondsOf(most),
      `must be between ${least} and ${most}`,
    );

const networkNames = z.string().transform((text, context) => {
  try {
    return readNetworkNames(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be like 10.20.0.0/16=Head office, 2001:db8::/32=Plant' });
    return z.NEVER;
  }
});

const password = z.string().superRefine((value, ctx) => {
  const fault = findPasswordFault(value, isCommonPassword);
  if (fault !== undefined) ctx.addIssue({ code: 'custom', message: fault });
});

/** An origin as browsers name it: no path, no slash at the end. */
const origin = z
  .string()
  .refine(
    (value) => URL.canParse(value) && new URL(value).origin === value,
    'must be origins like https://muster.example',
  );

const isWithin = (host: string, rpId: string): boolean => host === rpId || host.endsWith(`.${rpId}`);

/** The environment of this service. */
export const configSchema = z
  .object({
    ...processEnv(8101),
    ...databaseEnv,
    ...sidecarEnv(3501),
    ...deliveryEnv,
    ...tokenEnv,
    JWT_EXPIRES_IN: duration('1m', '24h').prefault('15m').describe('Life of an access token, like 15m'),
    SESSION_IDLE_EXPIRES_IN: duration('1m', '365d')
      .prefault('7d')
      .describe('A session ends when it was not refreshed for so long'),
    SESSION_ABSOLUTE_EXPIRES_IN: duration('1m', '3650d')
      .prefault('90d')
      .describe('A session ends after so long, however busy; counts for sessions that begin'),
    KEY_ROTATION_EVERY: duration('1h', '365d').prefault('30d').describe('Age at which the signing key is replaced'),
    KEY_PUBLISHED_AHEAD: duration('1m', '24h')
      .prefault('5m')
      .describe('How long a new signing key is published before it signs'),
    NETWORK_NAMES: networkNames
      .optional()
      .describe('Names of networks for lists of sessions: 10.20.0.0/16=Head office, 2001:db8::/32=Plant'),
    AUTH_KEY_SECRET: z.string().min(16).describe('Wraps the private signing keys at rest; never change it alone'),
    MUSTER_ADMIN_EMAIL: email.optional().describe('E-mail of the first administrator'),
    MUSTER_ADMIN_PASSWORD: password.optional().describe('Password of the first administrator'),
    SELF_REGISTRATION: z.stringbool().default(true).describe('Whether anybody may register'),
    ATTEMPT_LIMITS_SCALE: z.coerce
      .number()
      .min(0.01)
      .max(10_000)
      .default(1)
      .describe('Multiplies the limits of attempts per address and overall; 1 suits some 5,000 people'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://localhost:8080')
      .transform((url) => url.replace(/\/+$/, ''))
      .describe('Where people reach Muster: passkeys belong to its host, links in mails begin with it'),
    WEBAUTHN_RP_ID: z
      .string()
      .regex(/^[a-z0-9.-]{1,253}$/, 'must be a host name')
      .optional()
      .describe('Host that passkeys belong to, for good; without it, that of PUBLIC_URL'),
    WEBAUTHN_ORIGINS: z
      .string()
      .transform((list) => list.split(',').map((entry) => entry.trim()))
      .pipe(z.array(origin).min(1))
      .optional()
      .describe('Origins of the pages that use passkeys, comma-separated; without it, that of PUBLIC_URL'),
    REQUIRE_2FA_ROLES: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((entry) => entry.trim())
          .filter(Boolean),
      )
      .pipe(z.array(role.exclude(['kiosk'])))
      .describe(
        'Roles that must use an authenticator app, like admin,hr; until it is set up their sessions do nothing else',
      ),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/ })
      .optional()
      .describe('Server that sends mails: smtp://user:password@host:587, or smtps://; without it mails wait'),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n]+$/, 'must be one line')
      .default('Muster <no-reply@muster.local>')
      .describe('Sender of mails'),
    BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(10).describe('Cost of new password hashes'),
    HASH_WORKERS: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe('Threads that hash passwords; without it, one less than processors, at least 1 and at most 4'),
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
  })
  .refine((env) => env.SESSION_IDLE_EXPIRES_IN <= env.SESSION_ABSOLUTE_EXPIRES_IN, {
    message: 'must not be longer than SESSION_ABSOLUTE_EXPIRES_IN',
    path: ['SESSION_IDLE_EXPIRES_IN'],
  })
  .refine((env) => env.KEY_PUBLISHED_AHEAD < env.KEY_ROTATION_EVERY, {
    message: 'must be shorter than KEY_ROTATION_EVERY',
    path: ['KEY_PUBLISHED_AHEAD'],
  })
  .refine(
    (env) => relyingPartyOf(env).origins.every((one) => isWithin(new URL(one).hostname, relyingPartyOf(env).id)),
    {
      message: 'pages must be on the host of WEBAUTHN_RP_ID or below it, or browsers refuse',
      path: ['WEBAUTHN_ORIGINS'],
    },
  );

export type Config = z.output<typeof configSchema>;

/** Whom passkeys are for. */
export function relyingPartyOf(env: {
  PUBLIC_URL: string;
  WEBAUTHN_RP_ID?: string | undefined;
  WEBAUTHN_ORIGINS?: string[] | undefined;
}): RelyingParty {
  const { origin, hostname } = new URL(env.PUBLIC_URL);
  return { id: env.WEBAUTHN_RP_ID ?? hostname, origins: env.WEBAUTHN_ORIGINS ?? [origin] };
}
