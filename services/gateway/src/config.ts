import { processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
import { z } from 'zod';

const list = (value: string): string[] =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

const origin = z
  .string()
  .refine((value) => value === '*' || URL.canParse(value), 'must be * or origins like https://app.example');
const perMinute = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

/** The gateway's environment. 0 switches a rate limit off. */
export const configSchema = z.object({
  ...processEnv(8080),
  ...sidecarEnv(3500),
  ...tokenEnv,
  EVENTS_URL: z
    .string()
    .transform(list)
    .pipe(z.array(z.url({ protocol: /^http$/ })).min(1))
    .describe('Where the events processes listen for sockets: http://host:port, comma-separated'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list)
    .pipe(z.array(origin))
    .describe('Browser origins that may call, comma-separated; empty allows none, * any'),
  TRUST_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('How many proxies of ours stand before the gateway and append to X-Forwarded-For'),
  RATE_LIMIT_PER_USER_PER_MINUTE: perMinute(600).describe('Requests of one signed-in user a minute; 0 = no limit'),
  RATE_LIMIT_PER_ADDRESS_PER_MINUTE: perMinute(6000).describe(
    'Requests without a valid token from one address a minute: a building behind one NAT signs in through it; 0 = no limit',
  ),
  RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE: perMinute(300).describe(
    'Wrong credentials from one address a minute, then its requests without a valid token wait; 0 = no limit',
  ),
  RATE_LIMIT_SOCKETS_PER_ADDRESS_PER_MINUTE: perMinute(6000).describe(
    'Socket handshakes and polls of one address a minute; 0 = no limit',
  ),
  UPSTREAM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('How long a service may take to begin its answer, and between two pieces of it'),
  DRAIN_DELAY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How long to go on serving after /readyz turned 503, so that load balancers notice'),
});

export type Config = z.output<typeof configSchema>;
