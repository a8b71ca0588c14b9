import { zone } from '@muster/contracts';
import { logLevels } from '@muster/service-kit';
import { z } from 'zod';
import { readPublicKey, readSigningKey } from './domain/signed-head.ts';

/** Parses with `read`, turning what it throws into a message about the variable. */
const key = <T>(read: (text: string) => T, message: string) =>
  z.string().transform((text, context) => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });

const port = z.coerce.number().int().min(0).max(65_535);

/** The environment of this service. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development').describe('Which kind of run this is'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: port.default(8104).describe('Port to listen on'),
  LOG_LEVEL: z.enum(logLevels).default('info').describe('Least severe level that is logged'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json for machines, pretty for a terminal'),
  DATABASE_URL: z.url().describe('PostgreSQL of this service: postgres://user:password@host:port/database'),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(10).describe('Connections to PostgreSQL at most'),
  DAPR_HTTP_PORT: port.default(3504).describe("HTTP port of this service's sidecar"),
  APP_API_TOKEN: z.string().min(8).describe('What the sidecar shows us as dapr-api-token'),
  DAPR_API_TOKEN: z.string().optional().describe('What we show the sidecar as dapr-api-token'),
  JWT_ISSUER: z.string().default('https://muster.local').describe('Who must have issued an access token'),
  JWT_AUDIENCE: z.string().default('muster').describe('For whom an access token must be meant'),
  MUSTER_DEFAULT_SITE_ZONE: zone.default('UTC').describe("IANA zone of the default site: its day is the log's today"),
  PUBSUB_PROBE_ADDRESS: z
    .string()
    .optional()
    .describe('host:port of Redis, to tell a sidecar that missed it to restart'),
  REDIS_URL: z
    .url()
    .optional()
    .describe('Redis between several events processes; without it each serves only its own sockets'),
  AUDIT_SIGNING_KEY: key(readSigningKey, 'must be a PKCS8 PEM of an Ed25519 private key, in base64').describe(
    'Ed25519 private key that signs the end of the audit log: PKCS8 PEM, base64',
  ),
  AUDIT_RETIRED_KEYS: key(
    (text) => text.split(',').map((one) => readPublicKey(one.trim())),
    'must be SPKI PEMs of Ed25519 public keys, in base64, with commas between',
  )
    .optional()
    .describe('Public keys of earlier signing keys: SPKI PEM, base64, comma list'),
});

export type Config = z.infer<typeof configSchema>;
