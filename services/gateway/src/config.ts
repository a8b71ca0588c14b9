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
const timeouts = z.record(z.string().startsWith('/api/'), z.string().transform(Number).pipe(z.int().min(100)));
const perPath = (value: string): Record<string, string> =>
  Object.fromEntries(list(value).map((entry) => [entry.split('=')[0] ?? '', entry.split('=')[1] ?? '']));

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
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis in which several gateways count rate limits together; without it each counts for itself'),
  // Also for a connection opened ahead of its first request, as browsers do: shorter, and a punch would meet its end.
  HEADERS_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(60_000)
    .describe('How long a client may take to send the head of a request; then 408'),
  REQUEST_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(120_000)
    .describe('How long a client may take to send a whole request; then 408'),
  MAX_HEADER_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .default(16_384)
    .describe('Largest head of a request, all headers together; more is 431'),
  MAX_URL_BYTES: z.coerce.number().int().min(256).default(8192).describe('Longest path with query; more is 414'),
  UPSTREAM_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(30_000)
    .describe('How long a service may take to begin its answer, and between two pieces of it'),
  UPSTREAM_TIMEOUTS: z
    .string()
    .default(
      '/api/auth=15000,/api/audit-logs/export=300000,/api/audit-logs/verify=300000,/api/rosters/import=120000,/api/attendance/punches/import=300000',
    )
    .transform(perPath)
    .pipe(timeouts)
    .describe('The same for routes that need another limit: prefix=ms, comma-separated; the longest prefix counts'),
  CIRCUIT_FAILURES: z.coerce
    .number()
    .int()
    .min(0)
    .default(10)
    .describe('Attempts an app must leave unanswered before it is left alone; 0 = never'),
  CIRCUIT_SILENT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(3000)
    .describe('How long it must not have answered anything; above 2500 requests are tried again before'),
  CIRCUIT_REST_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(1000)
    .describe('How long an app is left alone before one request may try'),
  SIGN_IN_PAUSE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(250)
    .describe('How long sign-ins are refused here after auth had no room for one; 0 = each asks for itself'),
  HSTS_MAX_AGE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .default(31_536_000)
    .describe('Strict-Transport-Security of answers that went out over TLS; 0 = none'),
  ACCESS_LOG: z
    .enum(['all', 'trouble'])
    .default('all')
    .describe('A line for each request, or only for 5xx and what took over a second'),
  DRAIN_DELAY_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How long to go on serving after /readyz turned 503, so that load balancers notice'),
});

export type Config = z.output<typeof configSchema>;
