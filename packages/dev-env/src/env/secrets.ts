import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { readJson, writeJson } from './keep-json.ts';

/** Random once per environment, then kept: data encrypted or signed yesterday must open today. */
export interface Secrets {
  postgresPassword: string;
  redisPassword: string;
  s3AccessKey: string;
  s3SecretKey: string;
  authKeySecret: string;
  kioskSecret: string;
  /** Ed25519 private key, PKCS8 PEM, base64. */
  auditSigningKey: string;
  defaultSite: string;
  /** Database password, and both tokens between a service and its sidecar. */
  services: Record<string, ServiceSecrets>;
}

export interface ServiceSecrets {
  databasePassword: string;
  appApiToken: string;
  daprApiToken: string;
}

const random = (bytes = 24): string => randomBytes(bytes).toString('base64url');

const signingKey = (): string => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64');
};

const fresh = (): Secrets => ({
  postgresPassword: random(),
  redisPassword: random(),
  s3AccessKey: `muster${randomBytes(6).toString('hex')}`,
  s3SecretKey: random(),
  authKeySecret: randomBytes(32).toString('base64'),
  kioskSecret: randomBytes(32).toString('base64'),
  auditSigningKey: signingKey(),
  defaultSite: uuidv7(),
  services: {},
});

/** Reads the environment's secrets, making those that are missing (a new service gets its own). */
export async function keepSecrets(path: string, services: readonly string[]): Promise<Secrets> {
  const secrets = { ...fresh(), ...(await readJson<Secrets>(path)) };
  for (const app of services) {
    secrets.services[app] ??= { databasePassword: random(), appApiToken: random(), daprApiToken: random() };
  }
  await writeJson(path, secrets);
  return secrets;
}

/** The secrets of one service; throws when the platform was not built with it. */
export function serviceSecrets(secrets: Secrets, app: string): ServiceSecrets {
  const found = secrets.services[app];
  if (!found) throw new Error(`no service called ${app} in this platform`);
  return found;
}
