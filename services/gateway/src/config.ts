import { logLevels } from '@muster/service-kit';
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
  NODE_ENV: z.string().default('production').describe('development, test or production'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('port of the public door'),
  LOG_LEVEL: z.enum(logLevels).default('info').describe('fatal, error, warn, info, debug, trace or silent'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for machines, pretty for a terminal'),
  DAPR_HTTP_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(3500)
    .describe("HTTP port of the gateway's sidecar"),
  DAPR_API_TOKEN: z.string().optional().describe('token the sidecar asks of us'),
  JWT_ISSUER: z.string().default('https://muster.local').describe('iss of access tokens'),
  JWT_AUDIENCE: z.string().default('muster').describe('aud of access tokens'),
  EVENTS_URL: z
    .string()
    .transform(list)
    .pipe(z.array(z.url({ protocol: /^http$/ })).min(1))
    .describe('where the events processes listen for sockets: http://host:port, comma-separated'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list)
    .pipe(z.array(origin))
    .describe('browser origins that may call, comma-separated; empty allows none, * any'),
  TRUST_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('how many proxies of ours stand before the gateway and append to X-Forwarded-For'),
  RATE_LIMIT_PER_USER_PER_MINUTE: perMinute(600).describe('requests of one signed-in user a minute; 0 = no limit'),
  RATE_LIMIT_PER_ADDRESS_PER_MINUTE: perMinute(6000).describe(
    'requests without a valid token from one address a minute: a building behind one NAT signs in through it; 0 = no limit',
  ),
  RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE: perMinute(300).describe(
    'wrong credentials from one address a minute, then its requests without a valid token wait; 0 = no limit',
  ),
  RATE_LIMIT_SOCKETS_PER_ADDRESS_PER_MINUTE: perMinute(6000).describe(
    'socket handshakes and polls of one address a minute; 0 = no limit',
  ),
  UPSTREAM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('how long a service may take to begin its answer, and between two pieces of it'),
  DRAIN_DELAY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('how long to go on serving after /readyz turned 503, so that load balancers notice'),
});

export type Config = z.output<typeof configSchema>;
