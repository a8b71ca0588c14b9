import { databaseEnv, defaultSiteEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
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

/** The environment of this service. */
export const configSchema = z.object({
  ...processEnv(8104),
  ...databaseEnv,
  ...sidecarEnv(3504),
  ...deliveryEnv,
  ...tokenEnv,
  /** Its day is the log's today. */
  MUSTER_DEFAULT_SITE_ZONE: defaultSiteEnv.MUSTER_DEFAULT_SITE_ZONE,
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

export type Config = z.output<typeof configSchema>;
